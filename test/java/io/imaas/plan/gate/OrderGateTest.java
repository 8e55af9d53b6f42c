package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.rollout.HealthRecord;
import io.imaas.plan.Plan;
import io.imaas.plan.promotion.Scene;
import org.junit.jupiter.api.Test;

class OrderGateTest {
    private final Scene scene = new Scene();

    @Test
    void promotionIsRefusedWhileNobodySawTheDigestHealthy() {
        scene.runs("api", "dev", "1.0.0", null);
        Plan plan = scene.promote("dev", "test");

        assertThat(plan.closedGates()).extracting(GateAnswer::gate).containsExactly("order");
        assertThat(plan.closedGates().get(0).whatOpensIt()).isEqualTo("imaas rollout api dev --tenant orders");
    }

    @Test
    void whatDoesNotRunInTheEnvironmentBeforeIsBroughtThereFirst() {
        scene.runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);

        assertThat(scene.promote("dev", "prod").closedGates())
                .extracting(GateAnswer::whatOpensIt)
                .contains("imaas promote api dev test --tenant orders")
                .doesNotContain("imaas rollout api test --tenant orders");
    }

    @Test
    void promotionIsRefusedWhileDigestIsDegradedInTheEnvironmentBefore() {
        scene.runs("api", "dev", "1.0.0", HealthRecord.Status.DEGRADED);

        assertThat(scene.promote("dev", "test").closedGates())
                .extracting(GateAnswer::gate)
                .containsExactly("order");
    }

    @Test
    void assumedHealthNeverOpensTheGateOfADegradedRelease() {
        scene.runs("api", "dev", "1.0.0", HealthRecord.Status.DEGRADED);

        assertThat(scene.assumingHealth().promote("dev", "test").closedGates()).hasSize(1);
    }

    @Test
    void whatCouldNotBeAppliedIsNotProvenButAPersonMayVouchForIt() {
        scene.runs("api", "dev", "1.0.0", HealthRecord.Status.UNAPPLIED);

        assertThat(scene.promote("dev", "test").closedGates().get(0).found()).contains("could not be applied in dev");
        assertThat(scene.assumingHealth().promote("dev", "test").closedGates()).isEmpty();
    }

    @Test
    void soakingTakesItsTime() {
        scene.soak("test", 60).runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);

        GateAnswer gate = scene.promote("dev", "test").closedGates().get(0);
        assertThat(gate.gate()).isEqualTo("order");
        assertThat(gate.askAgainAt()).isEqualTo("2026-11-20T11:00:00Z");
        assertThat(gate.opening())
                .isEqualTo("from 2026-11-20T11:00:00Z on:" + " imaas promote api dev test --tenant orders");
    }
}
