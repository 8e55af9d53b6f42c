package io.imaas.adapter.mi.unittest;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectOutputStream;
import java.io.UTFDataFormatException;
import java.util.Arrays;

/**
 * A {@code String} as Java serialises it (Java Object Serialization Specification, chapter 6). What comes from a server
 * is decoded here and not by {@code ObjectInputStream}: whatever is not exactly one string is refused before any class is
 * looked at.
 */
final class SerialisedString {
    private static final int MAGIC = 0xACED;
    private static final int VERSION = 5;
    private static final int TC_STRING = 0x74;
    private static final int TC_LONGSTRING = 0x7C;

    private SerialisedString() {}

    /** The stream came whole but holds something else than one string of a sane size. */
    static final class NotAString extends IOException {
        private static final long serialVersionUID = 1L;

        NotAString(String message) {
            super(message);
        }
    }

    /** The bytes that {@code ObjectOutputStream.writeObject} gives. */
    static byte[] encode(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length() + 16);
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(text);
        }
        return bytes.toByteArray();
    }

    /**
     * Reads one string.
     *
     * @param limit bytes at the most; a longer one is refused by its stated length
     * @throws NotAString when something else comes
     * @throws EOFException when the stream ends too early
     */
    static String decode(InputStream in, int limit) throws IOException {
        DataInputStream data = new DataInputStream(in);
        long length;
        try {
            if (data.readUnsignedShort() != MAGIC) {
                throw new NotAString("the reply does not begin as a serialised Java object does");
            }
            int version = data.readUnsignedShort();
            if (version != VERSION) {
                throw new NotAString("the reply is of serialisation version " + version);
            }
            int type = data.readUnsignedByte();
            length = switch (type) {
                case TC_STRING -> data.readUnsignedShort();
                case TC_LONGSTRING -> data.readLong();
                default ->
                    throw new NotAString(
                            "the reply is not a string but an object of type code 0x" + Integer.toHexString(type));
            };
        } catch (EOFException e) {
            throw new EOFException("the reply ends within its first bytes");
        }
        if (length < 0 || length > limit) {
            throw new NotAString(
                    "the reply claims " + Long.toUnsignedString(length) + " bytes; " + limit + " are allowed");
        }
        // Grows with what really comes, so that a stated length costs nothing.
        byte[] bytes = data.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException("the reply ends after " + bytes.length + " of " + length + " bytes");
        }
        return modifiedUtf8(bytes);
    }

    /** {@code java.io.DataInput}'s encoding: one to three bytes for each UTF-16 unit. */
    private static String modifiedUtf8(byte[] bytes) throws IOException {
        char[] chars = new char[bytes.length];
        int count = 0;
        int i = 0;
        while (i < bytes.length) {
            int first = bytes[i] & 0xFF;
            int length = first < 0x80 ? 1 : first >> 5 == 0b110 ? 2 : first >> 4 == 0b1110 ? 3 : 0;
            if (length == 0 || i + length > bytes.length) {
                throw new UTFDataFormatException("byte " + i + " of the reply's string is not modified UTF-8");
            }
            int unit = length == 1 ? first : length == 2 ? first & 0x1F : first & 0x0F;
            for (int j = 1; j < length; j++) {
                int next = bytes[i + j] & 0xFF;
                if (next >> 6 != 0b10) {
                    throw new UTFDataFormatException(
                            "byte " + (i + j) + " of the reply's string is not modified UTF-8");
                }
                unit = unit << 6 | (next & 0x3F);
            }
            chars[count++] = (char) unit;
            i += length;
        }
        return new String(Arrays.copyOf(chars, count));
    }
}
