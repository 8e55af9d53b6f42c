package io.imaas.adapter.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.helm.BundledChart;
import io.imaas.adapter.helm.HelmRenderer;
import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.Change;
import io.imaas.port.ChartRenderer.Chart;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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

    /** A release whose manifests are committed as the orchestrator commits them. */
    private RolloutTarget reviewed(String digit, String more) {
        CommitId wanted = release(digit);
        List<String> files = Arrays.asList(
                text(wanted, GitOpsPaths.values(SERVICE)),
                text(wanted, GitOpsPaths.release(SERVICE)),
                text(wanted, GitOpsPaths.environment(SERVICE, TEST)));
        String chart = BundledChart.unpack(temp.resolve("reviewed")).toString();
        Manifests manifests = new Manifests(
                new HelmRenderer().render(Chart.of(chart, new TenantName("orders"), SERVICE, TEST, false, files)));
        CommitId rendered = git.at(url)
                .land(Change.of(
                        GitOpsPaths.rendered(TEST),
                        "change",
                        List.of(edit(GitOpsPaths.manifests(SERVICE), manifests.text() + more))))
                .commit();
        return target(wanted, digit).rendered(rendered);
    }

    private String text(CommitId commit, String path) {
        return new String(git.at(url).read(commit, path).orElseThrow(), StandardCharsets.UTF_8);
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
