package io.imaas.plan.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.tenancy.DirectChangePolicy;
import io.imaas.plan.Plan;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.promotion.Scene;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.NotNeeded;
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
                                + "more than a release came along",
                        "services/api/env/test.yaml: own values of test");
    }

    @Test
    void whatSomebodyReleasesToTheFirstEnvironmentNeedsNoProof() {
        EnvironmentState before = scene.environmentState("dev");
        scene.runs("api", "dev", "1.0.0", null);

        assertThat(scene.review(before, "dev", DirectChangePolicy.FLAG, RELEASE).closedGates())
                .isEmpty();
    }
}
