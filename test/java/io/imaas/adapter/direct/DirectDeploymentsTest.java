package io.imaas.adapter.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Effect;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.CommitId;
import io.imaas.port.Cluster;
import io.imaas.testing.Yaml;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a release does to a cluster without Argo CD, and what is said of it. */
class DirectDeploymentsTest extends DirectScene {
    @Test
    void aReleaseComesLiveAndTheEvidenceSaysThatNothingRuns() {
        CommitId commit = release("a");
        RolloutOutcome outcome = ended(target(commit, "a"));
        assertThat(outcome.verdict()).isEqualTo(Verdict.LIVE);
        assertThat(outcome.liveCommit()).isEqualTo(commit);
        assertThat(outcome.reasons())
                .containsExactly(
                        "2 of 2 replicas updated and ready with aaaaaaaaaaaa",
                        "recorded by the local cluster: no pods run here");
        assertThat(image()).isEqualTo(IMAGES + "@" + digest("a"));
    }

    @Test
    void followingAgainAfterARestartChangesNothing() {
        CommitId commit = release("a");
        ended(target(commit, "a"));
        String before = journal();
        assertThat(verdict(target(commit, "a"))).isEqualTo(Verdict.LIVE);
        deployments.close();
        deployments = restarted();
        assertThat(verdict(target(commit, "a"))).isEqualTo(Verdict.LIVE);
        assertThat(journal()).isEqualTo(before);
    }

    @Test
    void aLaterCommitThatKeepsTheImageIsStillOurs() {
        CommitId ours = release("a");
        CommitId later = commit(GitOpsPaths.environment(SERVICE, TEST), "environment: test\nreplicas: 3\n");
        RolloutOutcome outcome = ended(target(ours, "a"));
        assertThat(outcome.verdict()).isEqualTo(Verdict.LIVE);
        assertThat(outcome.liveCommit()).isEqualTo(later);
    }

    @Test
    void aLaterReleaseSupersedesOursOnceItIsLive() {
        CommitId ours = release("a");
        CommitId later = release("b");
        RolloutOutcome outcome = ended(target(ours, "a"));
        assertThat(outcome.verdict()).isEqualTo(Verdict.SUPERSEDED);
        assertThat(outcome.liveCommit()).isEqualTo(later);
        assertThat(outcome.reasons().get(0)).contains("put bbbbbbbbbbbb in the place of aaaaaaaaaaaa");
        assertThat(image()).endsWith(digest("b").value());
    }

    @Test
    void whenTheSupersedingReleaseBreaksNothingIsSaidOfOurs() {
        CommitId ours = release("a");
        release("b");
        faults.script("orders-test/order-api@" + digest("b").value(), "faulty CAR");
        assertThat(verdict(target(ours, "a"))).isEqualTo(Verdict.UNKNOWN);
    }

    @Test
    void aBrokenReleaseIsDegradedWithItsReason() {
        faults.script("orders-test/order-api@" + digest("a").value(), "healthz: faulty CAPPs detected");
        RolloutOutcome outcome = ended(target(release("a"), "a"));
        assertThat(outcome.verdict()).isEqualTo(Verdict.DEGRADED);
        assertThat(outcome.reasons()).anyMatch(reason -> reason.contains("faulty CAPPs detected"));
    }

    @Test
    void aRewrittenBranchIsAFailureNotASuccess() {
        CommitId gone = new CommitId("f".repeat(40));
        release("a");
        assertThat(verdict(target(gone, "a"))).isNotIn(Verdict.LIVE, Verdict.SUPERSEDED);
    }

    @Test
    void whatDoesNotRenderIsNotAppliedAndSaysWhy() {
        CommitId commit = release("a");
        commit(GitOpsPaths.environment(SERVICE, TEST), "environment: test\nreplcias: 2\n");
        RolloutOutcome outcome = ended(target(commit, "a"));
        assertThat(outcome.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(outcome.reasons().get(0)).contains("replcias");
        assertThat(cluster.get("apps/v1", "Deployment", "orders-test", "order-api"))
                .isEmpty();
    }

    @Test
    void noFileOfATenantCanClaimToBeAnothersOrLeaveItsEnvironment() {
        commit(GitOpsPaths.values(SERVICE), "tenant: payments\nservice: order-api\ntype: gateway\n");
        ended(target(release("a"), "a"));
        assertThat(deployment().at("metadata", "labels", "imaas.io/tenant").text())
                .isEqualTo("orders");
    }

    @Test
    void whatTheChartNoLongerMakesIsTakenAway() {
        ended(target(release("a"), "a"));
        assertThat(cluster.get("v1", "Service", "orders-test", "order-api")).isPresent();
        commit(GitOpsPaths.values(SERVICE), "tenant: orders\nservice: order-api\ntype: worker\n");
        assertThat(verdict(target(release("b"), "b"))).isEqualTo(Verdict.LIVE);
        assertThat(cluster.get("v1", "Service", "orders-test", "order-api")).isEmpty();
        assertThat(cluster.get("apps/v1", "Deployment", "orders-test", "order-api"))
                .isPresent();
    }

    @Test
    void whatOnlyCallsItselfTheServicesIsNotTakenAway() {
        cluster.apply(List.of(new Manifest(
                "v1",
                "ConfigMap",
                "orders-test",
                "notes",
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: notes, labels: {imaas.io/service: order-api}}\n")));

        assertThat(verdict(target(release("a"), "a"))).isEqualTo(Verdict.LIVE);
        assertThat(cluster.get("v1", "ConfigMap", "orders-test", "notes")).isPresent();
    }

    @Test
    void aScheduledStepIsLiveWhenItsScheduleHasTheImage() {
        commit(GitOpsPaths.values(SERVICE), "service: order-api\ntype: step\nstep: {schedule: \"0 5 * * *\"}\n");
        RolloutOutcome outcome = ended(target(release("a"), "a"));
        assertThat(outcome.verdict()).isEqualTo(Verdict.LIVE);
        assertThat(outcome.reasons().get(0)).contains("runs at '0 5 * * *'");
    }

    @Test
    void aStepThatRunsOnceIsLiveWhenItEnded() {
        commit(GitOpsPaths.values(SERVICE), "service: order-api\ntype: step\n");
        assertThat(verdict(target(release("a"), "a"))).isEqualTo(Verdict.LIVE);
        assertThat(verdict(target(release("b"), "b"))).isEqualTo(Verdict.LIVE);
        assertThat(cluster.list("batch/v1", "Job", "orders-test", "imaas.io/service", "order-api"))
                .hasSize(1);
    }

    @Test
    void aMissingNamespaceIsSaidBeforeAnythingIsApplied() {
        cluster.delete("v1", "Namespace", "", "orders-test", new OwnLabels(Map.of("a", "b")));
        assertThat(verdict(target(release("a"), "a"))).isEqualTo(Verdict.FAILED);
    }

    @Test
    void somebodyElsesChangeOfTheImageIsPutRight() {
        CommitId commit = release("a");
        ended(target(commit, "a"));
        Manifest live =
                cluster.get("apps/v1", "Deployment", "orders-test", "order-api").orElseThrow();
        cluster.apply(List.of(new Manifest(
                live.apiVersion(),
                live.kind(),
                live.namespace(),
                live.name(),
                live.yaml().replace(digest("a").value(), digest("c").value()))));
        clock.pause(Duration.ofMinutes(1));
        assertThat(verdict(target(commit, "a"))).isEqualTo(Verdict.LIVE);
        assertThat(image()).endsWith(digest("a").value());
    }

    /** As a real server answered, whose Deployment somebody else changed five times a second. */
    @Test
    void whoeverChangesItAllTheTimeIsNamedWhateverIsWaitedFor() {
        ended(target(release("a"), "a"));
        RolloutTarget target = target(release("b"), "b", Duration.ofSeconds(40));
        DirectDeployments contested = over((Cluster) Proxy.newProxyInstance(
                Cluster.class.getClassLoader(), new Class<?>[] {Cluster.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(cluster, arguments);
                    return switch (method.getName()) {
                        case "apply" ->
                            List.of(Effect.updated("Deployment", "order-api", "taken back from other-controller"));
                        case "get" -> ((Optional<?>) answer).map(found -> unnoticed((Manifest) found));
                        default -> answer;
                    };
                }));
        contested.follow(target);
        assertThat(contested.follow(target).toString())
                .contains("Kubernetes to notice the change", "taken back from other-controller");
        clock.pause(Duration.ofSeconds(41));
        assertThat(contested.follow(target).toString()).contains("TIMED_OUT", "taken back from other-controller");
        contested.close();
    }

    private static Manifest unnoticed(Manifest live) {
        String yaml = live.yaml().replaceAll("observedGeneration: \\d+", "observedGeneration: 0");
        return new Manifest(live.apiVersion(), live.kind(), live.namespace(), live.name(), yaml, Yaml.map(yaml));
    }
}
