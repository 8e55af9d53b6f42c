package io.imaas.adapter.git;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import org.eclipse.jgit.errors.CorruptObjectException;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.ObjectId;

/** Reads a pack as it comes, object by object; see gitformat-pack(5). */
final class PackStream implements AutoCloseable {
    private static final int ID_LENGTH = 20;

    private final InputStream in;
    private final MessageDigest digest = Constants.newMessageDigest();
    private final Inflater inflater = new Inflater();
    private final byte[] buffer = new byte[64 * 1024];
    private int next;
    private int end;
    /** Of the buffer's first byte in the pack. */
    private long begin;

    PackStream(InputStream in) {
        this.in = in;
    }

    /** Where the next byte stands in the pack. */
    long position() {
        return begin + next;
    }

    int readByte() throws IOException {
        if (next == end) {
            fill();
        }
        return buffer[next++] & 0xff;
    }

    byte[] readBytes(int count) throws IOException {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = (byte) readByte();
        }
        return bytes;
    }

    ObjectId readId() throws IOException {
        return ObjectId.fromRaw(readBytes(ID_LENGTH));
    }

    /** An object's bytes. */
    byte[] inflate(int size) throws IOException {
        byte[] content = new byte[size];
        byte[] beyond = new byte[1];
        inflater.reset();
        int length = 0;
        while (!inflater.finished()) {
            boolean full = length == size;
            length += inflateSome(full ? beyond : content, full ? 0 : length);
            if (length > size) {
                break;
            }
        }
        if (length != size) {
            throw new CorruptObjectException("an object of a pack has another size than it says");
        }
        return content;
    }

    /** Passes over an object's bytes. */
    void skip() throws IOException {
        byte[] content = new byte[8 * 1024];
        inflater.reset();
        while (!inflater.finished()) {
            inflateSome(content, 0);
        }
    }

    /** Reads the checksum at the pack's end and whatever the transport still has to say. */
    void finish() throws IOException {
        digest.update(buffer, 0, next);
        byte[] expected = digest.digest();
        if (!Arrays.equals(readBytes(ID_LENGTH), expected)) {
            throw new CorruptObjectException("a pack has another checksum than it says");
        }
        in.transferTo(OutputStream.nullOutputStream());
    }

    @Override
    public void close() {
        inflater.end();
    }

    private int inflateSome(byte[] into, int offset) throws IOException {
        try {
            int count = inflater.inflate(into, offset, into.length - offset);
            if (count == 0 && !inflater.finished()) {
                if (inflater.needsDictionary()) {
                    throw new CorruptObjectException("an object of a pack is not compressed as it should be");
                }
                if (next == end) {
                    fill();
                }
                inflater.setInput(buffer, next, end - next);
                next = end;
            }
            if (inflater.finished()) {
                next = end - inflater.getRemaining();
            }
            return count;
        } catch (DataFormatException damaged) {
            throw new CorruptObjectException("an object of a pack is damaged: " + damaged.getMessage());
        }
    }

    private void fill() throws IOException {
        digest.update(buffer, 0, end);
        begin += end;
        next = 0;
        end = Math.max(0, in.read(buffer));
        if (end == 0) {
            throw new EOFException("a pack ended early");
        }
    }
}
