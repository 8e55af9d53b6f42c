package io.imaas.adapter.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.CommitId;
import org.junit.jupiter.api.Test;

/** What is applied is what stands on the manifests' branch, whatever the environment's branch holds. */
class ReviewedManifestsTest extends DirectScene {
    @Test
    void whatSomebodyPushedAfterwardsIsNotApplied() {
        RolloutTarget target = reviewed("a", "");
        release("b");
        commit(GitOpsPaths.environment(SERVICE, TEST), "environment: test\nreplicas: 9\n");

        assertThat(verdict(target)).isEqualTo(Verdict.LIVE);

        assertThat(image()).endsWith(digest("a").value());
        assertThat(deployment().at("spec", "replicas").number()).isEqualTo(2);
    }

    @Test
    void whatTheManifestsNoLongerHoldIsTakenAwayWhateverKindItIs() {
        assertThat(verdict(reviewed("a", lease()))).isEqualTo(Verdict.LIVE);
        assertThat(cluster.get("coordination.k8s.io/v1", "Lease", "orders-test", "order-api"))
                .isPresent();

        assertThat(verdict(reviewed("b", ""))).isEqualTo(Verdict.LIVE);

        assertThat(cluster.get("coordination.k8s.io/v1", "Lease", "orders-test", "order-api"))
                .isEmpty();
        assertThat(image()).endsWith(digest("b").value());
    }

    @Test
    void laterManifestsOfAnotherReleaseSupersedeOurs() {
        RolloutTarget ours = reviewed("a", "");
        reviewed("b", "");

        assertThat(verdict(ours)).isEqualTo(Verdict.SUPERSEDED);
    }

    @Test
    void aCommitThatIsNoLongerOnTheBranchIsAFailure() {
        RolloutTarget target = reviewed("a", "");

        assertThat(ended(target.rendered(new CommitId("f".repeat(40)))).verdict())
                .isNotIn(Verdict.LIVE, Verdict.SUPERSEDED);
        assertThat(cluster.get("apps/v1", "Deployment", "orders-test", "order-api"))
                .isEmpty();
    }

    private static String lease() {
        return """
                ---
                apiVersion: coordination.k8s.io/v1
                kind: Lease
                metadata:
                  name: order-api
                  namespace: orders-test
                  labels:
                    app.kubernetes.io/managed-by: imaas
                    imaas.io/tenant: orders
                    imaas.io/service: order-api
                    imaas.io/environment: test
                """;
    }
}
