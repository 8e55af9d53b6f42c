package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.FailureKind;
import io.imaas.model.rollout.HealthRecord.Status;
import io.imaas.plan.Plan;
import io.imaas.plan.promotion.Scene;
import org.junit.jupiter.api.Test;

/** The scene plays on 2026-11-20. */
class OffboardingGateTest {
    private final Scene scene =
            new Scene().runs("api", "dev", "1.0.0", Status.HEALTHY).runs("sync", "dev", "2.0.0", Status.HEALTHY);

    @Test
    void aTenantInGraceGetsNothingNewAndIsToldWhyAndWhatWouldOpenIt() {
        scene.goes("tenant", "2026-12-31", "moved to sales");

        assertThat(scene.promote("dev", "test").closedGates())
                .allSatisfy(gate -> assertThat(gate.kind()).isEqualTo(FailureKind.POLICY))
                .extracting(gate -> gate.gate() + ": " + gate.found() + " (" + gate.opening() + ")")
                .hasSize(2)
                .first()
                .isEqualTo(
                        "offboarding: tenant orders will be removed on 2026-12-31 (UTC) and gets no new releases until then: moved to"
                                + " sales (remove offboarding from tenants/orders.yaml; a rollback is possible without)");
        assertThat(scene.release("api", "1.1.0", "dev").closedGates())
                .extracting(GateAnswer::gate)
                .containsExactly("offboarding");
    }

    @Test
    void aServiceInGraceHoldsNobodyElseUp() {
        scene.goes("api", "2026-12-31", "replaced by sync");

        assertThat(scene.only("api").promote("dev", "test").closedGates())
                .extracting(GateAnswer::opening)
                .containsExactly("remove services[api].offboarding from tenants/orders.yaml;"
                        + " a rollback is possible without");
        assertThat(scene.only("sync").promote("dev", "test").closedGates()).isEmpty();
        assertThat(scene.release("sync", "2.1.0", "dev").closedGates()).isEmpty();
    }

    @Test
    void whoPromotesAllDoesNotMeanWhatIsGone() {
        scene.goes("api", "2026-11-20", "replaced by sync");

        Plan all = scene.promote("dev", "test");
        assertThat(all.closedGates()).isEmpty();
        assertThat(all.gates()).extracting(GateAnswer::subject).allMatch(subject -> subject.startsWith("sync"));
        assertThat(scene.only("api").promote("dev", "test").closedGates())
                .extracting(GateAnswer::found)
                .contains("api of tenant orders is offboarded since 2026-11-20: replaced by sync");
    }

    @Test
    void theEarlierOfTwoTombstonesCounts() {
        scene.goes("tenant", "2027-01-31", "moved").goes("api", "2026-12-01", "replaced");

        assertThat(scene.release("api", "1.1.0", "dev").closedGates())
                .extracting(GateAnswer::found)
                .singleElement()
                .asString()
                .contains("api of tenant orders will be removed on 2026-12-01");
        assertThat(scene.release("sync", "1.1.0", "dev").closedGates())
                .extracting(GateAnswer::found)
                .singleElement()
                .asString()
                .contains("tenant orders will be removed on 2027-01-31");
    }
}
