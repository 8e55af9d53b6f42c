package io.imaas.server.hook;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.Digest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One request of a sender, byte for byte.
 *
 * @param headers value by name, null when there is none
 */
@SuppressWarnings("ArrayRecordComponent") // a signature is one of bytes; deliveries are never compared
public record Delivery(UnaryOperator<String> headers, byte[] body) {
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,128}");
    private static final String HMAC = "HmacSHA256";

    /** A header's value; empty when there is none. */
    String header(String name) {
        String value = headers.apply(name);
        return value == null ? "" : value;
    }

    /**
     * Whether a header holds the HMAC-SHA256 of the body in hexadecimal digits behind a prefix. Takes the same time for
     * every wrong one.
     */
    boolean signedBy(Secret secret, String header, String prefix) {
        String signature = header(header);
        if (!signature.startsWith(prefix)) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), HMAC));
            return same(HexFormat.of().formatHex(mac.doFinal(body)), signature.substring(prefix.length()));
        } catch (GeneralSecurityException e) {
            throw FailureException.defect("there is no " + HMAC, e);
        }
    }

    /** Whether a header holds the secret itself, with or without {@code Bearer}. */
    boolean bears(Secret secret, String header) {
        String value = header(header);
        return same(secret.reveal(), value.startsWith("Bearer ") ? value.substring("Bearer ".length()) : value);
    }

    private static boolean same(String expected, String given) {
        return MessageDigest.isEqual(expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
    }

    /** What a header says, when it is a name; otherwise the body's own digest. */
    String id(String header) {
        String named = header(header);
        return ID.matcher(named).matches() ? named : Digest.of(body).hex();
    }
}
