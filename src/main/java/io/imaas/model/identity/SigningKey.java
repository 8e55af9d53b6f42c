package io.imaas.model.identity;

import io.imaas.model.failure.FailureException;
import java.io.Serializable;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A public key that signs images: ECDSA or RSA with SHA-256, or Ed25519, as {@code cosign} writes {@code cosign.pub}.
 *
 * @param name for people, such as {@code release}
 * @param pem the key as {@code -----BEGIN PUBLIC KEY-----} and so on
 */
public record SigningKey(String name, String pem) implements Serializable {
    private static final Pattern FORM =
            Pattern.compile("\\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]+)-----END PUBLIC KEY-----\\s*");
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "Ed25519");
    private static final int LEAST_RSA_BITS = 2048;

    /** @throws FailureException INPUT when the text holds no public key that can be used */
    public SigningKey {
        parse(pem);
    }

    /** Whether the owner of the key signed exactly these bytes. A signature that makes no sense is none. */
    public boolean signed(byte[] content, byte[] signature) {
        PublicKey key = parse(pem);
        try {
            Signature check = Signature.getInstance(
                    switch (key.getAlgorithm()) {
                        case "EC" -> "SHA256withECDSA";
                        case "RSA" -> "SHA256withRSA";
                        default -> "Ed25519";
                    });
            check.initVerify(key);
            check.update(content);
            return check.verify(signature);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static PublicKey parse(String pem) {
        Matcher form = FORM.matcher(pem);
        if (!form.matches()) {
            throw refused("this is no public key in PEM");
        }
        PublicKey key = ALGORITHMS.stream()
                .flatMap(algorithm -> read(algorithm, form.group(1)).stream())
                .findFirst()
                .orElseThrow(() -> refused("the public key is damaged, or neither ECDSA, RSA nor Ed25519"));
        if (key instanceof RSAPublicKey rsa && rsa.getModulus().bitLength() < LEAST_RSA_BITS) {
            throw refused("an RSA key of " + rsa.getModulus().bitLength() + " bits can be forged");
        }
        return key;
    }

    private static Optional<PublicKey> read(String algorithm, String base64) {
        try {
            byte[] der = Base64.getMimeDecoder().decode(base64);
            return Optional.of(KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // A key of another algorithm, or none at all.
            return Optional.empty();
        }
    }

    private static FailureException refused(String what) {
        return FailureException.input(
                what, "", "write what 'cosign generate-key-pair' put into cosign.pub, from BEGIN to END PUBLIC KEY");
    }
}
