package io.imaas.model.source;

import io.imaas.model.failure.FailureException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The id that Git gives to a file's content: 40 hexadecimal digits. */
public record BlobId(String value) implements Serializable {
    private static final Pattern FORM = Pattern.compile("[0-9a-f]{40}");

    public BlobId {
        if (!FORM.matcher(value).matches()) {
            throw FailureException.input("'" + value + "' is not a blob id", "write all 40 hexadecimal digits");
        }
    }

    /** The id of a text in UTF-8. */
    public static BlobId of(String text) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(("blob " + content.length + "\0").getBytes(StandardCharsets.US_ASCII));
            return new BlobId(HexFormat.of().formatHex(sha1.digest(content)));
        } catch (NoSuchAlgorithmException impossible) {
            throw FailureException.defect("this Java has no SHA-1", impossible);
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
