package io.imaas.model.record;

import io.imaas.model.identity.SigningKey;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/**
 * A text with signatures over it and over what kind of text it is (DSSE, the Dead Simple Signing Envelope, version 1).
 *
 * @param payloadType such as {@code application/vnd.in-toto+json}
 */
public record Envelope(String payloadType, String payload, List<Signed> signatures) implements Serializable {
    /** The type of all our statements. */
    public static final String IN_TOTO = "application/vnd.in-toto+json";

    /**
     * One signature.
     *
     * @param keyId a hint at the key, which nothing vouches for
     * @param signature in Base64
     */
    public record Signed(String keyId, String signature) implements Serializable {}

    public Envelope {
        signatures = List.copyOf(signatures);
    }

    /** What a signature is made over ("pre-authentication encoding"): the type and the text, each with its length. */
    public static byte[] signedBytes(String payloadType, String payload) {
        int typeLength = payloadType.getBytes(StandardCharsets.UTF_8).length;
        int length = payload.getBytes(StandardCharsets.UTF_8).length;
        return ("DSSEv1 " + typeLength + " " + payloadType + " " + length + " " + payload)
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Whether the owner of the key has signed it. */
    public boolean signedBy(SigningKey key) {
        byte[] content = signedBytes(payloadType, payload);
        return signatures.stream().anyMatch(one -> verifies(key, content, one.signature()));
    }

    private static boolean verifies(SigningKey key, byte[] content, String signature) {
        try {
            byte[] bytes = Base64.getDecoder().decode(signature);
            // Base64 may have spare bits: of two texts for the same bytes one was never written by us.
            return Base64.getEncoder().encodeToString(bytes).equals(signature) && key.signed(content, bytes);
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }
}
