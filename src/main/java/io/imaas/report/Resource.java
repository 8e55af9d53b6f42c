package io.imaas.report;

import io.imaas.model.failure.FailureException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** A text that is part of the program. */
public final class Resource {
    private Resource() {}

    /** @param path from the top of the jar, such as {@code /cli/examples.txt} */
    public static String text(String path) {
        try (InputStream in = Resource.class.getResourceAsStream(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException | NullPointerException e) {
            throw FailureException.defect(path + " is not in the jar", e);
        }
    }
}
