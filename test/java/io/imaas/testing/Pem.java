package io.imaas.testing;

import io.imaas.model.identity.SigningKey;
import java.util.Base64;

/** A key as {@code openssl} reads it. */
public final class Pem {
    private Pem() {}

    public static String of(SigningKey key) {
        byte[] lineEnd = {'\n'};
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, lineEnd)
                        .encodeToString(key.publicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }
}
