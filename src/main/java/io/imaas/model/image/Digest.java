package io.imaas.model.image;

import io.imaas.model.failure.FailureException;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The content address of an image manifest, {@code sha256:} and 64 lower-case hexadecimal digits (OCI image
 * specification, "Digests"). The only identity of an image that machines use.
 */
public record Digest(String value) implements Serializable, Comparable<Digest> {
    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

    public Digest {
        if (!FORM.matcher(value).matches()) {
            throw FailureException.input(
                    "'" + value + "' is not an image digest", "write sha256: and 64 hexadecimal digits");
        }
    }

    /** What a stranger calls a digest; empty when it is none. */
    public static Optional<Digest> find(String text) {
        return FORM.matcher(text).matches() ? Optional.of(new Digest(text)) : Optional.empty();
    }

    /** Of a text in UTF-8. */
    public static Digest of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Of these bytes: the one place where SHA-256 is made of a whole content. */
    public static Digest of(byte[] content) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(content);
            return new Digest("sha256:" + HexFormat.of().formatHex(hash));
        } catch (NoSuchAlgorithmException e) {
            throw FailureException.defect("every Java has SHA-256", e);
        }
    }

    /** The 64 digits without their algorithm. */
    public String hex() {
        return value.substring("sha256:".length());
    }

    /** The first twelve digits: for people, never for machines. */
    public String abbreviated() {
        return hex().substring(0, 12);
    }

    @Override
    public int compareTo(Digest other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
