package io.imaas.adapter.oci;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ImageSignature;
import io.imaas.testing.Signer;
import io.imaas.testing.TinyImages;
import java.nio.charset.StandardCharsets;
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
}
