package io.imaas.cli;

import io.imaas.model.failure.FailureException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Certificates that an option names. */
final class PemFile {
    private PemFile() {}

    /** Its text; empty when there is none. */
    static String text(Path file, String option) {
        try {
            return file == null ? "" : Files.readString(file);
        } catch (IOException e) {
            throw FailureException.input("can't be read: " + e.getMessage(), file.toString(), "check " + option);
        }
    }
}
