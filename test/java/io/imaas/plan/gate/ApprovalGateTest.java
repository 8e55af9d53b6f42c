package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.rollout.HealthRecord;
import io.imaas.plan.Plan;
import io.imaas.plan.promotion.Scene;
import io.imaas.plan.step.OpenPullRequest;
import org.junit.jupiter.api.Test;

class ApprovalGateTest {
    private final Scene scene = new Scene();

    @Test
    void anApprovalIsAYesToThisContentAlone() {
        scene.approvers("test", "@acme/leads").runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY);
        assertThat(scene.promote("dev", "test").closedGates())
                .extracting(GateAnswer::gate)
                .containsExactly("approval");

        scene.approve("dev", "test", "@acme/leads");
        assertThat(scene.promote("dev", "test").closedGates()).isEmpty();

        scene.values("api", "dev", "replicas: 7\n");
        assertThat(scene.promote("dev", "test").closedGates())
                .extracting(GateAnswer::gate)
                .containsExactly("approval");
    }

    @Test
    void whereTheServerMergesApproversAreAskedBeforeThePullRequestIsOpened() {
        scene.autoMerge("prod")
                .approvers("prod", "@acme/release-managers")
                .runs("api", "dev", "1.0.0", HealthRecord.Status.HEALTHY)
                .runs("api", "test", "1.0.0", HealthRecord.Status.HEALTHY);

        assertThat(scene.promote("test", "prod").closedGates())
                .extracting(GateAnswer::gate)
                .containsExactly("approval");
        scene.approve("test", "prod", "@acme/release-managers");
        Plan approved = scene.promote("test", "prod");
        assertThat(approved.closedGates()).isEmpty();
        assertThat(approved.steps().filter(OpenPullRequest.class::isInstance).map(OpenPullRequest.class::cast))
                .singleElement()
                .satisfies(step -> assertThat(step.autoMerge()).isTrue());
    }
}
