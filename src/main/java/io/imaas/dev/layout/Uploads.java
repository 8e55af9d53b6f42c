package io.imaas.dev.layout;

import io.imaas.model.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Blobs on their way in: one temporary file each, so that an upload even survives a restart. */
record Uploads(ImageLayout layout) {
    private static final Pattern ID = Pattern.compile("[0-9a-f-]{36}");
    /** Nobody comes back for an upload after this long. */
    private static final Duration FORGOTTEN = Duration.ofDays(1);

    private static final int BUFFER = 64 * 1024;

    String begin() throws IOException {
        String id = UUID.randomUUID().toString();
        Files.createFile(layout.temporary().resolve(id));
        return id;
    }

    long size(String id) throws IOException {
        return Files.size(file(id));
    }

    /**
     * Appends a chunk.
     *
     * @param start where the client says it begins, or -1 when it doesn't say
     */
    long append(String id, long start, InputStream content) throws IOException {
        Path file = file(id);
        if (start >= 0 && start != Files.size(file)) {
            throw new RegistryError(416, "BLOB_UPLOAD_INVALID", "the next byte expected is " + Files.size(file));
        }
        byte[] buffer = new byte[BUFFER];
        try (OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND)) {
            for (int count = content.read(buffer); count >= 0; count = content.read(buffer)) {
                write(out, buffer, count, file);
            }
        }
        return Files.size(file);
    }

    private static void write(OutputStream out, byte[] buffer, int count, Path file) throws IOException {
        try {
            out.write(buffer, 0, count);
        } catch (IOException e) {
            Files.deleteIfExists(file); // what was begun can't be finished and only takes up the room that is missing
            throw RegistryError.noRoom(e);
        }
    }

    void finish(String id, Digest digest) throws IOException {
        layout.adopt(file(id), digest);
    }

    void cancel(String id) throws IOException {
        Files.delete(file(id));
    }

    /** Removes what killed clients and servers left behind. */
    void tidy(Instant now) throws IOException {
        FileTime limit = FileTime.from(now.minus(FORGOTTEN));
        try (Stream<Path> files = Files.list(layout.temporary())) {
            List<Path> all = files.toList();
            for (Path file : all) {
                if (Files.getLastModifiedTime(file).compareTo(limit) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    private Path file(String id) {
        Path file = layout.temporary().resolve(id);
        if (!ID.matcher(id).matches() || !Files.exists(file)) {
            throw new RegistryError(404, "BLOB_UPLOAD_UNKNOWN", "there is no upload " + id);
        }
        return file;
    }
}
