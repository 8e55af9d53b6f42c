package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.rollout.HealthRecord;
import io.imaas.plan.promotion.Scene;
import org.junit.jupiter.api.Test;

class PathGateTest {
    private final Scene scene = new Scene();

    @Test
    void environmentsAreNotJumpedOver() {
        scene.runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);

        assertThat(scene.promote("dev", "prod").closedGates())
                .extracting(GateAnswer::gate)
                .contains("path");
    }

    @Test
    void aServiceIsNotPromotedToAnEnvironmentThatIsNotOnItsPath() {
        scene.path("sync", "dev", "prod").runs("sync", "dev", "2.0.0", HealthRecord.Status.HEALTHY);

        assertThat(scene.only("sync").promote("dev", "test").closedGates())
                .extracting(GateAnswer::gate)
                .contains("path");
    }

    @Test
    void aPromotionIntoTheFirstEnvironmentIsARelease() {
        scene.runs("api", "test", "1.0.0", HealthRecord.Status.HEALTHY);

        GateAnswer gate = scene.promote("test", "dev").closedGates().get(0);
        assertThat(gate.gate()).isEqualTo("path");
        assertThat(gate.whatOpensIt())
                .startsWith("imaas release api dev --image registry.example.org/acme/orders/api@sha256:");
    }
}
