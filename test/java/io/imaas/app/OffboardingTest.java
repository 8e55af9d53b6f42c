package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.FailureKind;
import io.imaas.model.request.PlanRequest.ReviewRequest;
import io.imaas.model.request.PlanRequest.RollbackRequest;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.report.Matrix;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a tombstone means for builds, rollbacks and merges; it is 2026-11-20. */
class OffboardingTest {
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final ServiceName API = new ServiceName("order-api");

    @TempDir
    Path folder;

    private World world;

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void inGraceABuildReleasesNothingAndARollbackIsStillTheWayOut() {
        CommitId head = releasedTwice("2026-11-21");

        IntendedPlan build = world.plan(World.branch("dev"), world.push("dev", Map.of("pom.xml", "<project/>")));
        assertThat(build.plan().closedGates()).singleElement().satisfies(gate -> {
            assertThat(gate.kind()).isEqualTo(FailureKind.POLICY);
            assertThat(gate.found())
                    .isEqualTo(
                            "order-api of tenant orders will be removed on 2026-11-21 (UTC) and gets no new releases until then: sold");
            assertThat(gate.opening()).startsWith("remove services[order-api].offboarding from tenants/orders.yaml");
        });
        assertThat(world.plan(new RollbackRequest(API, DEV, "", "errors"), "@rita")
                        .blocked())
                .isFalse();
        assertThat(world.plan(new ReviewRequest(DEV, null, head, null), "@rita")
                        .plan()
                        .steps())
                .anyMatch(AwaitRollout.class::isInstance);
        assertThat(world.imaas().overview(world.tenant()).status().notices())
                .extracting(Matrix.Notice::sentence)
                .containsExactly("order-api of tenant orders is offboarded from 2026-11-21 on: sold");
    }

    @Test
    void onItsDayNothingBringsItBack() {
        CommitId head = releasedTwice("2026-11-20");

        assertThat(world.plan(new RollbackRequest(API, DEV, "", "errors"), "@rita")
                        .plan()
                        .closedGates())
                .extracting(GateAnswer::found)
                .containsExactly("order-api of tenant orders is offboarded since 2026-11-20: sold");
        assertThat(world.plan(new ReviewRequest(DEV, null, head, null), "@rita")
                        .plan()
                        .steps())
                .noneMatch(AwaitRollout.class::isInstance);
        CommitId byHand = world.byHand(
                "dev", "Bring it back", Map.of("services/order-api/release.yaml", world.git("dev~1", "release.yaml")));
        assertThat(world.plan(new ReviewRequest(DEV, null, byHand, null), "@bob")
                        .plan()
                        .closedGates())
                .extracting(GateAnswer::gate)
                .contains("offboarded");
        Overview overview = world.imaas().overview(world.tenant());
        assertThat(overview.inbox()).isEmpty();
        assertThat(overview.status().rows().get(0).cells()).allSatisfy(cell -> {
            assertThat(cell.note()).isEqualTo("offboarded");
            assertThat(cell.health()).isEmpty();
            assertThat(cell.waits()).isEmpty();
        });
    }

    private CommitId releasedTwice(String day) {
        world = new World(
                folder,
                Map.of(
                        "order-api",
                        "repository: 'file://" + folder.resolve("sources.git") + "', offboarding: {from: " + day
                                + ", reason: sold}"));
        world.released("dev", world.release("1.0.0", null));
        return world.released("dev", world.release("2.0.0", null));
    }
}
