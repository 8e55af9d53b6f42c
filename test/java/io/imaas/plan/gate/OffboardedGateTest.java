package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.rollout.HealthRecord.Status;
import io.imaas.plan.promotion.Scene;
import org.junit.jupiter.api.Test;

/** The scene plays on 2026-11-20. */
class OffboardedGateTest {
    private final Scene scene =
            new Scene().runs("api", "dev", "1.0.0", Status.HEALTHY).runs("sync", "dev", "2.0.0", Status.HEALTHY);

    @Test
    void graceCanBeOpenedByForceTheEndCannot() {
        scene.goes("api", "2026-11-21", "replaced").only("api").overriding("a last fix");
        assertThat(scene.promote("dev", "test").closedGates()).isEmpty();

        scene.goes("api", "2026-11-20", "replaced");
        assertThat(scene.promote("dev", "test").closedGates())
                .extracting(GateAnswer::gate)
                .containsExactly("offboarded");
    }

    @Test
    void itIsAskedOfARollbackToo() {
        scene.goes("api", "2026-11-20", "replaced");

        assertThat(GateTable.ask(scene.question(Occasion.ROLLBACK, "api", "dev", "dev")))
                .extracting(GateAnswer::gate)
                .containsExactly("offboarded");
    }
}
