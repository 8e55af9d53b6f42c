package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.image.Digest;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.plan.promotion.Scene;
import io.imaas.plan.snapshot.ImageFacts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ImageGateTest {
    private final Scene scene = new Scene().runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);
    private final Digest digest = scene.release("api", "1.0.0").image().digest();

    @Test
    void aRegistryThatDoesNotAnswerIsNobodysNo() {
        scene.image(ImageFacts.unanswered(
                digest, new Failure(FailureKind.EXTERNAL, "nobody answers", "registry.example.org", "")));
        GateAnswer gate = scene.promote("dev", "test").closedGates().get(0);

        assertThat(gate.kind()).isEqualTo(FailureKind.EXTERNAL);
        assertThat(gate.found()).isEqualTo("registry.example.org: nobody answers");
        assertThat(gate.opening()).isEqualTo("imaas promote api dev test --tenant orders");
    }

    @Test
    void aNoComesBeforeASilence() {
        scene.stopped("tenant", "migration", "")
                .image(ImageFacts.unanswered(digest, new Failure(FailureKind.EXTERNAL, "nobody answers", "", "")));

        assertThat(scene.promote("dev", "test").closedGates())
                .extracting(GateAnswer::kind)
                .containsExactly(FailureKind.POLICY, FailureKind.EXTERNAL);
    }

    @Test
    void anImageThatTheRegistryDoesNotServeIsRefused() {
        scene.image(ImageFacts.absent(digest));
        GateAnswer gate = scene.promote("dev", "test").closedGates().get(0);

        assertThat(gate.gate()).isEqualTo("image");
        assertThat(gate.whatOpensIt()).isEqualTo("imaas image --to registry.example.org/acme/orders/api");
    }

    @ParameterizedTest
    @CsvSource({
        "docker.io/acme/orders/, is in none of the platform's registries",
        "registry.example.org/acme-other/orders/, is in none of the platform's registries",
        "registry.example.org/acme/payments/, is kept for another service",
        "registry.example.org/acme/orders/sync/, is kept for another service",
    })
    void anImageFromElsewhereIsRefusedWhateverItsRegistrySays(String folder, String why) {
        Scene elsewhere = new Scene();
        elsewhere.images = folder;
        elsewhere
                .runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY)
                .image(new ImageFacts(digest, true, List.of(), List.of(), List.of(), List.of(), List.of(), null));
        GateAnswer gate = elsewhere.promote("dev", "test").closedGates().get(0);

        assertThat(gate.gate()).isEqualTo("image");
        assertThat(gate.found()).isEqualTo(folder + "api " + why);
        assertThat(gate.whatOpensIt())
                .isEqualTo("release the service's own image, of registry.example.org/acme/orders/api");
    }
}
