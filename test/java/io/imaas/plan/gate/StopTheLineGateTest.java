package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.rollout.HealthRecord;
import io.imaas.plan.promotion.Scene;
import org.junit.jupiter.api.Test;

class StopTheLineGateTest {
    private final Scene scene = new Scene();

    @Test
    void aStoppedLineSaysWhoStoppedItWhyAndWhatOpensIt() {
        scene.stopped("platform", "data centre move", "@jane")
                .stopped("tenant", "migration", "")
                .stopped("api", "contract", "@rita")
                .runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);

        assertThat(scene.promote("dev", "test").closedGates())
                .extracting(gate -> gate.gate() + ": " + gate.found() + " (" + gate.opening() + ")")
                .containsExactly(
                        "stop-the-line: the line of the platform is stopped by @jane: data centre move; the line of"
                                + " tenant orders is stopped: migration; the line of api is stopped by @rita: contract"
                                + " (remove policy.stopTheLine from platform.yaml; ask @jane; remove stopTheLine from"
                                + " tenants/orders.yaml; 'git log tenants/orders.yaml' shows who set it; remove"
                                + " services[api].stopTheLine from tenants/orders.yaml; ask @rita)");
    }

    @Test
    void aStoppedServiceStopsNoOther() {
        scene.stopped("api", "contract", "@rita").runs("sync", "dev", "1.0.0", HealthRecord.Status.HEALTHY);

        assertThat(scene.promote("dev", "test").closedGates()).isEmpty();
    }
}
