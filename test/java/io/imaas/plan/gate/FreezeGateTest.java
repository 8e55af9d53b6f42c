package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.rollout.HealthRecord;
import io.imaas.plan.promotion.Scene;
import org.junit.jupiter.api.Test;

class FreezeGateTest {
    private final Scene scene = new Scene();

    @Test
    void aFreezeSaysWhyAndWhenItOpens() {
        scene.freeze("test", "2026-11-19", "2026-11-22", "audit")
                .freeze("test", "2026-11-23", "2026-11-24", "fair")
                .runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);

        GateAnswer gate = scene.promote("dev", "test").closedGates().get(0);
        assertThat(gate.found()).contains("audit");
        assertThat(gate.askAgainAt()).isEqualTo("2026-11-25T00:00:00Z");
    }
}
