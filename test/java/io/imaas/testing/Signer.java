package io.imaas.testing;

import io.imaas.model.identity.SigningKey;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Base64;
import java.util.Map;

/** Somebody with a key pair, who signs as cosign does. */
public final class Signer {
    private static final Map<String, String> SCHEMES =
            Map.of("EC", "SHA256withECDSA", "RSA", "SHA256withRSA", "Ed25519", "Ed25519");

    private final String algorithm;
    private final KeyPair pair;

    private Signer(String algorithm, KeyPair pair) {
        this.algorithm = algorithm;
        this.pair = pair;
    }

    /** @param kind such as {@code EC 256}, {@code RSA 2048} or {@code Ed25519} */
    public static Signer of(String kind) {
        return of(kind, RsaKeys.ONE);
    }

    /** Somebody else with a key of that kind. */
    public static Signer other(String kind) {
        return of(kind, RsaKeys.OTHER);
    }

    private static Signer of(String kind, KeyPair rsa) {
        String[] words = kind.split(" ");
        if (kind.equals("RSA 2048")) {
            return new Signer(words[0], rsa);
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(words[0]);
            if (words.length > 1) {
                generator.initialize(Integer.parseInt(words[1]));
            }
            return new Signer(words[0], generator.generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public String pem() {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'})
                        .encodeToString(pair.getPublic().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    public SigningKey key(String name) {
        return new SigningKey(name, pem());
    }

    public byte[] sign(byte[] content) {
        try {
            Signature signature = Signature.getInstance(SCHEMES.get(algorithm));
            signature.initSign(pair.getPrivate());
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }
}
