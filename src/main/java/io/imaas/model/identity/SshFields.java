package io.imaas.model.identity;

import java.io.Serial;
import java.io.Serializable;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads the fields of which SSH's keys and signatures are made (RFC 4251, section 5). */
public final class SshFields implements Serializable {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Only for as long as something is parsed. */
    private final transient ByteBuffer bytes;

    public SshFields(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes);
    }

    /** @throws BufferUnderflowException when there are fewer bytes */
    public int number() {
        return bytes.getInt();
    }

    /** @throws BufferUnderflowException when there are fewer bytes than the field says */
    public byte[] field() {
        int length = bytes.getInt();
        if (length < 0 || length > bytes.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] field = new byte[length];
        bytes.get(field);
        return field;
    }

    /** A field of US-ASCII. */
    public String word() {
        return new String(field(), StandardCharsets.US_ASCII);
    }

    /** The next bytes, which are not a field. */
    public String word(int length) {
        byte[] word = new byte[length];
        bytes.get(word);
        return new String(word, StandardCharsets.US_ASCII);
    }

    boolean atEnd() {
        return !bytes.hasRemaining();
    }
}
