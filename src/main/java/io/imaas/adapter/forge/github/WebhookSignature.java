package io.imaas.adapter.forge.github;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tells whether a webhook is from GitHub: the header {@code X-Hub-Signature-256} over the body as it came in. */
public final class WebhookSignature {
    private static final String PREFIX = "sha256=";

    private final Secret secret;

    public WebhookSignature(Secret secret) {
        if (secret.reveal().isEmpty()) {
            throw FailureException.input("a webhook needs a secret", "", "set one here and on GitHub");
        }
        this.secret = secret;
    }

    /** @param header the signature header's value, null when it is missing */
    public boolean isValid(byte[] body, String header) {
        if (header == null || !header.startsWith(PREFIX)) {
            return false;
        }
        byte[] given = header.substring(PREFIX.length()).getBytes(StandardCharsets.UTF_8);
        byte[] right = HexFormat.of().formatHex(digest(body)).getBytes(StandardCharsets.UTF_8);
        // Compares in constant time: how long it takes must not tell how much of a forgery is right.
        return MessageDigest.isEqual(given, right);
    }

    private byte[] digest(byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.reveal().getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(body);
        } catch (GeneralSecurityException problem) {
            throw FailureException.defect("every Java has HmacSHA256", problem);
        }
    }
}
