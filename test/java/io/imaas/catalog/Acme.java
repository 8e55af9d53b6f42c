package io.imaas.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The platform repository that the tests read, whole or with one thing changed. */
final class Acme {
    static final String PLATFORM = "platform.yaml";
    static final String ORDERS = "tenants/orders.yaml";
    static final String PAYMENTS = "tenants/payments.yaml";

    private final Map<String, String> files = new TreeMap<>();

    Acme() {
        for (String path : new String[] {PLATFORM, ORDERS, PAYMENTS}) {
            files.put(path, fixture("acme/" + path));
        }
    }

    static String fixture(String path) {
        try (var in = Acme.class.getResourceAsStream("/catalog/" + path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Acme with(String path, String text) {
        files.put(path, text);
        return this;
    }

    Acme without(String path) {
        files.remove(path);
        return this;
    }

    /** Replaces a piece of a file, which must be there. */
    Acme edit(String path, String piece, String replacement) {
        String text = files.get(path);
        if (!text.contains(piece)) {
            throw new IllegalArgumentException(path + " does not hold " + piece);
        }
        files.put(path, text.replace(piece, replacement));
        return this;
    }

    Acme append(String path, String text) {
        files.put(path, files.get(path) + text);
        return this;
    }

    Map<String, String> files() {
        return files;
    }
}
