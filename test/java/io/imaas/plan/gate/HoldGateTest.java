package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.rollout.HealthRecord;
import io.imaas.plan.promotion.Scene;
import org.junit.jupiter.api.Test;

class HoldGateTest {
    private final Scene scene = new Scene();

    @Test
    void aHoldKeepsAutomaticChangesAway() {
        scene.runs("api", "dev", "1.1.0", HealthRecord.Status.HEALTHY)
                .runs("api", "test", "1.0.0", HealthRecord.Status.HEALTHY)
                .hold("api", "test", "customers report errors");

        GateAnswer gate = scene.promote("dev", "test").closedGates().get(0);
        assertThat(gate.gate()).isEqualTo("hold");
        assertThat(gate.opening()).isEqualTo("imaas resume api test --tenant orders");
    }

    @Test
    void aBuildsReleaseIsAskedWhenItLands() {
        scene.runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY).hold("api", "dev", "customers report errors");

        assertThat(GateTable.ask(scene.question(Occasion.LANDING, "api", "dev", "dev")))
                .filteredOn(GateAnswer::closed)
                .extracting(GateAnswer::gate)
                .containsExactly("hold");
    }
}
