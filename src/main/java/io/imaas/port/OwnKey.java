package io.imaas.port;

import io.imaas.model.identity.SigningKey;

/**
 * The private half of our own key, wherever it is: in a file, or in a key management service that never gives it out. Signatures
 * are those that {@link SigningKey#signed} verifies: ECDSA on P-256 in ASN.1 or RSA (PKCS#1 v1.5), both with SHA-256, or Ed25519.
 */
public interface OwnKey {
    /**
     * @throws io.imaas.model.failure.FailureException INPUT when there is no key that can be used; EXTERNAL when a service can't
     *     be asked
     */
    SigningKey publicKey();

    /** Whether there is one already. One in a file is made when it is first needed. */
    boolean exists();

    /** @throws io.imaas.model.failure.FailureException as {@link #publicKey} */
    byte[] sign(byte[] content);
}
