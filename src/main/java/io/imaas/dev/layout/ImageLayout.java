package io.imaas.dev.layout;

import io.imaas.model.image.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The blobs of an OCI image layout folder (OCI image specification, "Image Layout").
 *
 * <p>A blob appears under its digest by one atomic rename after its bytes were checked, so a process that is killed
 * leaves at most a temporary file behind, never a blob with wrong content.
 */
final class ImageLayout {
    private static final byte[] MARKER = "{\"imageLayoutVersion\":\"1.0.0\"}".getBytes(StandardCharsets.UTF_8);

    private final Path root;

    /** Opens the folder and makes it a layout when it isn't one yet. */
    ImageLayout(Path root) throws IOException {
        this.root = root;
        Files.createDirectories(blobs());
        Files.createDirectories(temporary());
        if (!Files.exists(root.resolve("oci-layout"))) {
            replace(root.resolve("oci-layout"), MARKER);
        }
    }

    Path root() {
        return root;
    }

    /** Unfinished files; on the same file system as the blobs, since renames must be atomic. */
    Path temporary() {
        return root.resolve(".uploads");
    }

    Path blob(Digest digest) {
        return blobs().resolve(digest.hex());
    }

    boolean has(Digest digest) {
        return Files.isRegularFile(blob(digest));
    }

    /** Keeps bytes under their digest. */
    Digest keep(byte[] content) throws IOException {
        Digest digest = new Digest("sha256:" + HexFormat.of().formatHex(sha256().digest(content)));
        if (!has(digest)) {
            replace(blob(digest), content);
        }
        return digest;
    }

    /** Moves a finished file to its place; a file whose content is not of that digest is deleted. */
    void adopt(Path file, Digest expected) throws IOException {
        Digest actual = digestOf(file);
        if (!actual.equals(expected)) {
            Files.delete(file);
            throw new RegistryError(400, "DIGEST_INVALID", "the content is " + actual + ", not " + expected);
        }
        Files.move(file, blob(expected), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Writes a file whole or not at all. */
    void replace(Path file, byte[] content) throws IOException {
        Path unfinished = Files.createTempFile(temporary(), "write-", "");
        try {
            Files.write(unfinished, content);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw RegistryError.noRoom(e);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }

    private Path blobs() {
        return root.resolve("blobs").resolve("sha256");
    }

    private static Digest digestOf(Path file) throws IOException {
        MessageDigest sha256 = sha256();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), sha256)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return new Digest("sha256:" + HexFormat.of().formatHex(sha256.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new UncheckedIOException(new IOException("every Java platform has SHA-256", e));
        }
    }
}
