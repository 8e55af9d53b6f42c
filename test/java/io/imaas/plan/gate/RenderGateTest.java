package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.promotion.Scene;
import io.imaas.plan.snapshot.RenderFacts;
import org.junit.jupiter.api.Test;

class RenderGateTest {
    private final Scene scene = new Scene().runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);

    @Test
    void valuesThatTheChartRefusesAreToldInHelmsWordsWithTheFilesToFix() {
        scene.rendered(RenderFacts.refused(new ServiceName("api"), "replicas: expected integer"));

        assertThat(scene.promote("dev", "test").closedGates()).singleElement().satisfies(gate -> {
            assertThat(gate.found()).isEqualTo("replicas: expected integer");
            assertThat(gate.whatOpensIt())
                    .startsWith("fix services/api/env/test.yaml or services/api/values.yaml on branch test");
        });
    }

    @Test
    void whatNobodyRenderedIsNotTold() {
        assertThat(scene.promote("dev", "test").gates())
                .extracting(GateAnswer::gate)
                .doesNotContain("render");
    }
}
