package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.image.Digest;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.tenancy.Platform.NoTests;
import io.imaas.plan.promotion.Scene;
import io.imaas.plan.snapshot.ImageFacts;
import java.util.List;
import org.junit.jupiter.api.Test;

class TestsGateTest {
    private final Scene scene = new Scene().runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);
    private final Digest digest = scene.release("api", "1.0.0").image().digest();

    @Test
    void whereTestsMustPassAnImageWithoutThemIsRefused() {
        scene.noTests(NoTests.FAIL).image(new ImageFacts(digest, true, "none", List.of(), null));

        assertThat(scene.promote("dev", "test").closedGates())
                .extracting(gate -> gate.gate() + ": " + gate.found())
                .containsExactly("tests: its unit tests did not pass: none");
    }

    @Test
    void whereTestsMayBeMissingNobodyAsks() {
        scene.image(new ImageFacts(digest, true, "none", List.of(), null));

        assertThat(scene.promote("dev", "test").closedGates()).isEmpty();
    }

    @Test
    void passedTestsAreTold() {
        scene.noTests(NoTests.FAIL).image(new ImageFacts(digest, true, "passed", List.of(), null));

        assertThat(scene.promote("dev", "test").gates())
                .extracting(GateAnswer::found)
                .contains("its unit tests passed");
    }
}
