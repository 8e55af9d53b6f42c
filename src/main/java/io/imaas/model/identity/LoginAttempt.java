package io.imaas.model.identity;

import java.io.Serializable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One browser's attempt to log in. All that must not be guessed or exchanged follows from one random text that only this
 * browser and the server know, so that the server keeps nothing of who only begins.
 *
 * @param seed 256 random bits in Base64 for URLs
 */
public record LoginAttempt(Secret seed) implements Serializable {
    private static final Pattern SEED = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final int BYTES = 32;

    public static LoginAttempt begin(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new LoginAttempt(new Secret(text(bytes)));
    }

    /** As the browser brought it back; empty when it is none. */
    public static Optional<LoginAttempt> of(String seed) {
        return SEED.matcher(seed).matches() ? Optional.of(new LoginAttempt(new Secret(seed))) : Optional.empty();
    }

    /** Comes back with the browser: the answer belongs to this browser. */
    public String state() {
        return derived("state");
    }

    /** Comes back in the ID token: the token belongs to this attempt. */
    public String nonce() {
        return derived("nonce");
    }

    /** Goes with the code (PKCE, RFC 7636): whoever else gets hold of the code can't use it. */
    public Secret verifier() {
        return new Secret(derived("verifier"));
    }

    private String derived(String purpose) {
        try {
            byte[] bytes = (purpose + " " + seed.reveal()).getBytes(StandardCharsets.US_ASCII);
            return text(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private static String text(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
