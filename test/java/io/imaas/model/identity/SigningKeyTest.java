package io.imaas.model.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.testing.Signer;
import java.nio.charset.StandardCharsets;
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
