package io.imaas.adapter.git.history;

import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * An append-only file of checked pieces. What lies behind the first piece that is torn or damaged is cut off at the next
 * append: pieces only ever build on those before them.
 */
final class ChangedPathFile {
    /** Changes with the meaning of the pieces, so that an older file is begun anew. */
    private static final long FORMAT = 0x494d_4141_5343_5031L;

    private static final int LARGEST_PIECE = 1 << 28;

    private final Path file;
    private long sound;

    ChangedPathFile(Path file) {
        this.file = file;
    }

    /** The pieces that are whole, in the order they were written. */
    List<byte[]> read() throws IOException {
        List<byte[]> pieces = new ArrayList<>();
        sound = 0;
        byte[] content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            if (content.length < Long.BYTES || in.readLong() != FORMAT) {
                return pieces;
            }
            sound = Long.BYTES;
            while (in.available() >= Long.BYTES) {
                int length = in.readInt();
                int checksum = in.readInt();
                if (length < 0 || length > in.available()) {
                    break;
                }
                byte[] piece = in.readNBytes(length);
                if (checksum(piece) != checksum) {
                    break;
                }
                pieces.add(piece);
                sound += Long.BYTES + length;
            }
        }
        return pieces;
    }

    /** Adds a piece behind those that the last read found whole. */
    void append(byte[] piece) throws IOException {
        if (piece.length > LARGEST_PIECE) {
            throw new IOException("a piece of " + piece.length + " bytes is too large for " + file);
        }
        Files.createDirectories(file.getParent());
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer bytes = ByteBuffer.allocate((sound == 0 ? Long.BYTES : 0) + Long.BYTES + piece.length);
            if (sound == 0) {
                bytes.putLong(FORMAT);
            }
            bytes.putInt(piece.length).putInt(checksum(piece)).put(piece).flip();
            channel.truncate(sound);
            channel.position(sound);
            int length = bytes.remaining();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            sound += length;
        }
    }

    void delete() throws IOException {
        sound = 0;
        Files.deleteIfExists(file);
    }

    private static int checksum(byte[] piece) {
        CRC32C checksum = new CRC32C();
        checksum.update(piece);
        return (int) checksum.getValue();
    }
}
