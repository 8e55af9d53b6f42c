package io.imaas.adapter.github;

import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** A GitHub App's private key. GitHub hands it out in the older PKCS#1 form, which Java reads only when wrapped. */
final class AppKey {
    /** Version 0 and the algorithm rsaEncryption: what PKCS#8 (RFC 5208) puts before a PKCS#1 key. */
    private static final byte[] RSA = {
        0x02,
        0x01,
        0x00,
        0x30,
        0x0d,
        0x06,
        0x09,
        0x2a,
        (byte) 0x86,
        0x48,
        (byte) 0x86,
        (byte) 0xf7,
        0x0d,
        0x01,
        0x01,
        0x01,
        0x05,
        0x00
    };

    private final PrivateKey key;

    private AppKey(PrivateKey key) {
        this.key = key;
    }

    static AppKey parse(Secret pem) {
        String text = pem.reveal();
        try {
            byte[] der = Base64.getMimeDecoder()
                    .decode(text.replaceAll("-----[^-]*-----", "").strip());
            byte[] wrapped = text.contains("BEGIN RSA PRIVATE KEY") ? wrap(der) : der;
            return new AppKey(KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(wrapped)));
        } catch (GeneralSecurityException | IllegalArgumentException problem) {
            throw FailureException.input(
                    "the GitHub App's private key cannot be read", "", "store the .pem file as GitHub gave it");
        }
    }

    byte[] sign(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(text.getBytes(StandardCharsets.UTF_8));
            return signature.sign();
        } catch (GeneralSecurityException problem) {
            throw FailureException.input("the GitHub App's private key cannot sign", "", "make a new key on GitHub");
        }
    }

    private static byte[] wrap(byte[] key) {
        byte[] octets = tagged(0x04, key);
        byte[] content = ByteBuffer.allocate(RSA.length + octets.length)
                .put(RSA)
                .put(octets)
                .array();
        return tagged(0x30, content);
    }

    /** DER with a length of two bytes, which suits keys of 1024 bits and more. */
    private static byte[] tagged(int tag, byte[] content) {
        return ByteBuffer.allocate(content.length + 4)
                .put((byte) tag)
                .put((byte) 0x82)
                .putShort((short) content.length)
                .put(content)
                .array();
    }
}
