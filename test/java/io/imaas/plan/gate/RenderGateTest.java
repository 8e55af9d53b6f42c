package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.promotion.Scene;
import io.imaas.plan.snapshot.RenderFacts;
import java.util.List;
import java.util.Map;
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
    void aChartThatKnowsNoMigrationsIsToldWithTheCommandThatBringsANewerOne() {
        for (RenderFacts facts : List.of(
                RenderFacts.refused(new ServiceName("api"), "additional properties 'migration' not allowed"),
                rendered("Deployment", "api"),
                rendered("Job", "api-smoke"))) {
            assertThat(withScripts(facts)).singleElement().satisfies(gate -> {
                assertThat(gate.found()).startsWith("the chart of test knows no migrations");
                assertThat(gate.whatOpensIt()).isEqualTo("imaas promote --chart test --tenant orders");
            });
        }
        assertThat(withScripts(rendered("Job", "api-migration-0123456789"))).isEmpty();
    }

    private static List<GateAnswer> withScripts(RenderFacts facts) {
        return new Scene()
                        .runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY)
                        .migration("api", "dev", MigrationGateTest.migration(Map.of("V1__a.sql", "x")))
                        .rendered(facts)
                        .promote("dev", "test")
                        .closedGates()
                        .stream()
                        .filter(gate -> gate.gate().equals("render"))
                        .toList();
    }

    private static RenderFacts rendered(String kind, String name) {
        Manifest manifest = new Manifest("batch/v1", kind, "orders-test", name, "kind: " + kind + "\n");
        return new RenderFacts(
                new ServiceName("api"), "", List.of(), List.of(), new Manifests(List.of(manifest)), null, List.of());
    }

    @Test
    void whatNobodyRenderedIsNotTold() {
        assertThat(scene.promote("dev", "test").gates())
                .extracting(GateAnswer::gate)
                .doesNotContain("render");
    }
}
