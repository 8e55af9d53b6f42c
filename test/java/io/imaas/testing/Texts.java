package io.imaas.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Files of tests. */
public final class Texts {
    private Texts() {}

    /** Writes a file, with the folders it lies in. */
    public static void write(Path folder, String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
