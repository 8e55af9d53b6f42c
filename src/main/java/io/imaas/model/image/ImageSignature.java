package io.imaas.model.image;

import io.imaas.model.identity.SigningKey;
import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * A signature as a registry keeps it beside an image. Nothing is verified yet: anybody who may push may have put it
 * there.
 *
 * @param payload what was signed, UTF-8
 * @param signature in base64
 * @param image the digest that the payload says it is for; empty when it is not a payload of an image's signature
 */
public record ImageSignature(String payload, String signature, String image) implements Serializable {
    /** What a statement is called by which somebody signs an image ({@code cosign} 3, pkg/types/predicate.go). */
    public static final String TYPE = "https://sigstore.dev/cosign/sign/v1";

    /** Whether the owner of the key signed the payload. */
    public boolean madeBy(SigningKey key) {
        try {
            return key.signed(
                    payload.getBytes(StandardCharsets.UTF_8),
                    Base64.getDecoder().decode(signature));
        } catch (IllegalArgumentException noBase64) {
            return false;
        }
    }
}
