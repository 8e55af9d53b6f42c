package io.imaas.adapter.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.identity.SigningKey;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ImageSignature;
import io.imaas.testing.Signer;
import io.imaas.testing.TinyImages;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CosignSignaturesTest {
    @TempDir
    Path store;

    @Test
    void signaturesAreReadFromTheImagesOwnRepository() {
        try (LoopbackRegistry registry = LoopbackRegistry.start(store, 0)) {
            TinyImages images = new TinyImages(ImageRepository.parse(registry.address() + "/orders/api"));
            ImageRef image = images.push("1.0.0");
            HttpImageRegistry client = new HttpImageRegistry(RegistryCredentials.none());
            assertThat(client.exists(image)).isTrue();
            assertThat(client.signatures(image)).isEmpty();

            images.sign(image, Signer.of("EC 256"));
            List<ImageSignature> found = client.signatures(image);

            assertThat(found).singleElement().satisfies(signature -> {
                assertThat(signature.image()).isEqualTo(image.digest().value());
                assertThat(signature.payload().getBytes(StandardCharsets.UTF_8))
                        .isEqualTo(TinyImages.payload(image.digest().value()));
            });
        }
    }

    @Test
    void aPayloadOfAnotherKindIsForNoImage() {
        try (LoopbackRegistry registry = LoopbackRegistry.start(store, 0)) {
            TinyImages images = new TinyImages(ImageRepository.parse(registry.address() + "/orders/api"));
            ImageRef image = images.push("1.0.0");
            images.attach(image, "not even JSON".getBytes(StandardCharsets.UTF_8), new byte[] {1});

            assertThat(new HttpImageRegistry(RegistryCredentials.none()).signatures(image))
                    .extracting(ImageSignature::image)
                    .containsExactly("");
        }
    }

    /** {@code cosign sign --key} of cosign 3.1.3, with nothing of a transparency log. */
    @Test
    void aBundleOfCosignItselfIsReadAndHolds() throws Exception {
        Path folder = Path.of("test/fixtures/cosign");
        String envelope = new ObjectMapper()
                .readTree(folder.resolve("sign.bundle.json").toFile())
                .path("dsseEnvelope")
                .toString();
        SigningKey key = new SigningKey("release", Files.readString(folder.resolve("cosign.pub")));
        try (LoopbackRegistry registry = LoopbackRegistry.start(store, 0)) {
            ImageRef image = new TinyImages(ImageRepository.parse(registry.address() + "/orders/api")).push("1.0.0");
            HttpImageRegistry client = new HttpImageRegistry(RegistryCredentials.none());
            client.attach(image, ImageSignature.TYPE, envelope);

            assertThat(client.signatures(image)).singleElement().satisfies(signature -> {
                assertThat(signature.madeBy(key)).isTrue();
                assertThat(signature.image())
                        .as("the image that it was made for, not the one that it lies beside")
                        .isEqualTo("sha256:408945afa53ef6e3a3b9f59d1126a772c4b34971d287624fb9869841a7ae8903");
            });
        }
    }
}
