package io.imaas.plan.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Location;
import io.imaas.model.policy.AdmissionPolicy.Expression;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.HttpGate;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.promotion.Scene;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.HttpGateFacts;
import io.imaas.plan.snapshot.LatestChange;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.CallGate;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.StepGroup;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DirectChangeReviewTest {
    private static final String RELEASE = "services/api/release.yaml";

    private final Scene scene = new Scene();

    @Test
    void aMergeOfAHealthyReleaseIsFine() {
        EnvironmentState before = scene.environmentState("test");
        scene.runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY).runs("api", "test", "1.0.0", null);
        Plan verdict = scene.review(before, "test", DirectChangePolicy.FLAG, RELEASE);

        assertThat(verdict.closedGates()).isEmpty();
        assertThat(verdict.steps()).singleElement().isInstanceOf(NotNeeded.class);
        assertThat(verdict.notes()).containsExactly(RELEASE + ": runs nothing -> 1.0.0");
    }

    @Test
    void aReleaseThatNobodySawHealthyIsFlagged() {
        EnvironmentState before = scene.environmentState("test");
        scene.runs("api", "dev", "1.0.0", null).runs("api", "test", "1.0.0", null);
        Plan verdict = scene.review(before, "test", DirectChangePolicy.FLAG, RELEASE);

        assertThat(verdict.closedGates()).extracting(GateAnswer::gate).containsExactly("order");
    }

    @Test
    void aReleaseThatNobodySawHealthyIsTakenBackWhereThePolicySaysSo() {
        scene.runs("api", "test", "1.0.0", HealthRecord.Status.HEALTHY);
        EnvironmentState before = scene.environmentState("test");
        scene.runs("api", "dev", "1.1.0", null).runs("api", "test", "1.1.0", null);
        Plan verdict = scene.review(before, "test", DirectChangePolicy.REVERT, RELEASE);

        assertThat(verdict.closedGates()).isEmpty();
        assertThat(verdict.steps()).singleElement().isInstanceOfSatisfying(CommitFiles.class, revert -> {
            assertThat(revert.files()).containsEntry(RELEASE, "release of api 1.0.0 # keep\n");
            assertThat(revert.key()).isNotEmpty();
        });
    }

    @Test
    void anAllowedChangeStaysAndIsTold() {
        EnvironmentState before = scene.environmentState("test");
        scene.runs("api", "dev", "1.0.0", null).runs("api", "test", "1.0.0", null);
        Plan verdict = scene.review(before, "test", DirectChangePolicy.ALLOW, RELEASE);

        assertThat(verdict.closedGates()).isEmpty();
        assertThat(verdict.gates()).anyMatch(gate -> gate.state() == GateAnswer.State.TOLERATED);
        assertThat(verdict.notes()).contains("the policy of direct changes is allow");
    }

    @Test
    void filesOfAnotherEnvironmentAreExplained() {
        EnvironmentState before = scene.environmentState("test");
        scene.runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY).runs("api", "test", "1.0.0", null);
        Plan verdict = scene.review(
                before,
                "test",
                DirectChangePolicy.FLAG,
                "README.md",
                "services/api/env/prod.yaml",
                "services/api/env/test.yaml");

        assertThat(verdict.notes())
                .containsExactly(
                        "README.md: no file of a service; nothing reads it",
                        "services/api/env/prod.yaml: own values of prod, which nothing reads on this branch: "
                                + "the change brought more than a release",
                        "services/api/env/test.yaml: own values of test");
    }

    @Test
    void whatSomebodyReleasesToTheFirstEnvironmentNeedsNoProof() {
        EnvironmentState before = scene.environmentState("dev");
        scene.runs("api", "dev", "1.0.0", null);

        assertThat(scene.review(before, "dev", DirectChangePolicy.FLAG, RELEASE).closedGates())
                .isEmpty();
    }

    /** The system of tickets is asked about what people pushed as about a promotion, for each service by itself. */
    @Test
    void aTicketIsMadeForWhatWasPushedAndItsTimeBeginsThen() {
        EnvironmentState before = scene.environmentState("test");
        scene.runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY).runs("api", "test", "1.0.0", null);
        scene.runs("sync", "dev", "1.0.0", null).runs("sync", "test", "1.0.0", null);
        scene.asks(TICKET, answer("api", false), answer("sync", false));
        Plan verdict = scene.review(before, "test", DirectChangePolicy.FLAG, RELEASE);

        assertThat(verdict.steps().filter(CallGate.class::isInstance))
                .singleElement()
                .isInstanceOfSatisfying(CallGate.class, asks -> {
                    assertThat(asks.id()).isEqualTo("ask-ticket-api");
                    assertThat(asks.asks()).isTrue();
                    assertThat(asks.asked()).as("since when it has been asked").hasSize(1);
                });
        assertThat(scene.review(before, "test", DirectChangePolicy.REVERT, RELEASE)
                        .steps())
                .as("what is taken back needs no ticket")
                .noneMatch(CallGate.class::isInstance);
    }

    @Test
    void theTicketOfWhatWasPushedIsClosedAfterItsRollout() {
        EnvironmentState before = scene.environmentState("test");
        scene.runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY).runs("api", "test", "1.0.0", null);
        scene.runs("sync", "dev", "1.0.0", null).runs("sync", "test", "1.0.0", null);
        scene.asks(TICKET, answer("api", true), answer("sync", true));
        Plan verdict = scene.review(before, "test", DirectChangePolicy.FLAG, RELEASE);
        LatestChange change = new LatestChange(scene.release("api", "1.0.0"), scene.head("test"), null, false);
        Plan followed = new FollowPlanner(scene.tenant(), Duration.ofMinutes(5))
                .plan(verdict, new EnvironmentName("test"), List.of(change), null);

        List<StepGroup> groups = followed.groups();
        assertThat(groups.get(groups.size() - 1).steps())
                .singleElement()
                .isInstanceOfSatisfying(
                        CallGate.class, closes -> assertThat(closes.follows()).isEqualTo("rollout-api"));
        assertThat(groups.get(groups.size() - 2).steps()).first().isInstanceOf(AwaitRollout.class);
    }

    private static final Location WHERE = new Location("platform.yaml", 9, 5);
    private static final HttpGate.Call CALL =
            new HttpGate.Call("POST", "https://c.example.org/", Map.of(), "", "", HttpGate.Login.BEARER);
    private static final HttpGate TICKET = new HttpGate(
            "ticket",
            WHERE,
            List.of(new EnvironmentName("test")),
            CALL,
            new Expression("open", "true", WHERE),
            null,
            Duration.ofMinutes(5),
            Duration.ofDays(1),
            new HttpGate.Ticket(new Expression("missing", "true", WHERE), null, CALL, CALL, CALL));

    private static HttpGateFacts answer(String service, boolean open) {
        return new HttpGateFacts(
                new HttpGateFacts.About(new ServiceName(service), "ticket", "f".repeat(64), Map.of(), null),
                open,
                !open,
                "CHG-42; HTTP 200",
                null);
    }
}
