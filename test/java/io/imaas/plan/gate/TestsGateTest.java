package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.tenancy.Platform.NoTests;
import io.imaas.plan.promotion.Scene;
import org.junit.jupiter.api.Test;

class TestsGateTest {
    private final Scene scene = new Scene().runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);

    @Test
    void whereTestsMustPassAnImageWithoutThemIsRefused() {
        scene.noTests(NoTests.FAIL)
                .built("api", "1.0.0", "https://git.example.org/orders.git", "refs/heads/dev", "none");

        assertThat(scene.promote("dev", "test").closedGates())
                .extracting(gate -> gate.gate() + ": " + gate.found())
                .containsExactly("tests: its unit tests did not pass: none");
    }

    @Test
    void whereTestsMayBeMissingNobodyAsks() {
        scene.built("api", "1.0.0", "https://git.example.org/orders.git", "refs/heads/dev", "none");

        assertThat(scene.promote("dev", "test").closedGates()).isEmpty();
    }

    @Test
    void passedTestsAreTold() {
        scene.noTests(NoTests.FAIL)
                .built("api", "1.0.0", "https://git.example.org/orders.git", "refs/heads/dev", "passed");

        assertThat(scene.promote("dev", "test").gates())
                .extracting(GateAnswer::found)
                .contains("its unit tests passed");
    }
}
