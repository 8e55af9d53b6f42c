package io.imaas.adapter.oci;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import okio.BufferedSource;
import okio.HashingSink;
import okio.Okio;

/**
 * The files of an image under paths made from their content.
 *
 * <p>Jib recognises an unchanged layer by its files' paths and modification times. A CAR whose times are fixed so that it
 * is reproducible would be taken for the one before it; under a path that holds its hash it can't be.
 */
record StagedInputs(Path root) {
    private static final FileTime FIXED = FileTime.fromMillis(1000);

    /** Any folder whose modification time never changes: it stands for the folders in the image. */
    Path folder() throws IOException {
        Path folder = root.resolve("folder");
        Files.createDirectories(folder);
        Files.setLastModifiedTime(folder, FIXED);
        return folder;
    }

    Path stage(Path file) throws IOException {
        Path staged = root.resolve(hash(file)).resolve(file.getFileName().toString());
        if (Files.exists(staged) && Files.size(staged) == Files.size(file)) {
            return staged;
        }
        Files.createDirectories(staged.getParent());
        Path unfinished = Files.createTempFile(root, "copy-", "");
        try {
            Files.copy(file, unfinished, StandardCopyOption.REPLACE_EXISTING);
            Files.setLastModifiedTime(unfinished, FIXED);
            Files.move(unfinished, staged, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(unfinished);
        }
        return staged;
    }

    static String hash(Path file) throws IOException {
        try (BufferedSource content = Okio.buffer(Okio.source(file));
                HashingSink sha256 = HashingSink.sha256(Okio.blackhole())) {
            content.readAll(sha256);
            return sha256.hash().hex();
        }
    }
}
