package io.imaas.model.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.testing.Signer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.spec.EdDSAParameterSpec;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SigningKeyTest {
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);

    @ParameterizedTest
    @ValueSource(strings = {"EC 256", "EC 384", "RSA 2048", "Ed25519"})
    void onlyTheOwnersSignatureOfTheSameBytesHolds(String kind) {
        Signer signer = Signer.of(kind);
        byte[] signature = signer.sign(CONTENT);
        byte[] damaged = signature.clone();
        damaged[damaged.length - 1] ^= 1;

        assertThat(signer.key("release").signed(CONTENT, signature)).isTrue();
        assertThat(signer.key("release").signed("other".getBytes(StandardCharsets.UTF_8), signature))
                .isFalse();
        assertThat(signer.key("release").signed(CONTENT, damaged)).isFalse();
        assertThat(signer.key("release").signed(CONTENT, new byte[0])).isFalse();
        assertThat(Signer.other(kind).key("other").signed(CONTENT, signature)).isFalse();
    }

    /** Recorded of {@code cosign sign-blob} 3.1.3: a key on P-384 takes SHA-384. */
    @Test
    void aLongerCurveTakesALongerHash() {
        SigningKey key = new SigningKey(
                "release",
                "-----BEGIN PUBLIC KEY-----"
                        + "MHYwEAYHKoZIzj0CAQYFK4EEACIDYgAEw5wWy1GNxys2mATQ3CS1nxy6AXdnMk38MH0G106HyiwwlAvw"
                        + "aFM9dpQwcd2LydR7PlKCh9eRBatfEiY5ZVMM22xJgZjmQSpmIE4AkH253tKqBvhRIUQrvggEVu0Ry4yD"
                        + "-----END PUBLIC KEY-----");
        byte[] signature = Base64.getDecoder()
                .decode("MGUCMQC+q0eYYVJ2XbvYVEwR9PTgQuYnPZ5KMYlu6vZMbZyUHba4tw5TYR6KOyf/lHJ9rBECMBIRT72G"
                        + "MzxZPncPERGr8oeHMkeyc/QaoyF4Qlo1yM/Yz8hV3l+AyQNVyRx4YzI9Ew==");

        assertThat(key.signed("hi\n".getBytes(StandardCharsets.UTF_8), signature))
                .isTrue();
        assertThat(key.signed(CONTENT, signature)).isFalse();
    }

    /** As {@code cosign sign} 3.1.3 does with such a key. */
    @Test
    void ed25519CountsOfTheHashAsWell() throws GeneralSecurityException {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        Signature signature = Signature.getInstance("Ed25519");
        signature.setParameter(new EdDSAParameterSpec(true));
        signature.initSign(pair.getPrivate());
        signature.update(CONTENT);
        byte[] made = signature.sign();
        SigningKey key = new SigningKey(
                "release",
                "-----BEGIN PUBLIC KEY-----"
                        + Base64.getEncoder().encodeToString(pair.getPublic().getEncoded())
                        + "-----END PUBLIC KEY-----");

        assertThat(key.signed(CONTENT, made)).isTrue();
        assertThat(key.signed("other".getBytes(StandardCharsets.UTF_8), made)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----",
                "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----"
            })
    void whatIsNoPublicKeyIsRefused(String pem) {
        assertThatThrownBy(() -> new SigningKey("release", pem)).hasMessageContaining("public key");
    }

    @ParameterizedTest
    @ValueSource(strings = "RSA 1024")
    void aKeyThatCanBeForgedIsRefused(String kind) {
        Signer weak = Signer.of(kind);
        assertThatThrownBy(() -> weak.key("release")).hasMessageContaining("1024 bits can be forged");
    }
}
