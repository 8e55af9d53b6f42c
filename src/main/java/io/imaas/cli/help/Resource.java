package io.imaas.cli.help;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A text that is part of the program. */
final class Resource {
    private Resource() {}

    /** @param name of a file in {@code /cli} */
    static String text(String name) {
        try (InputStream in = Resource.class.getResourceAsStream("/cli/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
