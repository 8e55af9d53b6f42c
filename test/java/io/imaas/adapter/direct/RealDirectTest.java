package io.imaas.adapter.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Migration;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.tenancy.MigrationTool;
import io.imaas.testing.ReadyPods;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rollouts without Argo CD on a real API server with real controllers. */
@Tag("real")
class RealDirectTest extends RealDirectScene {
    @Test
    void updatesRollbacksAndAutoscalersNeverTakeThePodsBelowWhatWasWanted() throws Exception {
        live("a1");
        try (ReadyPods pods = new ReadyPods(client, namespace())) {
            live("b2");
            assertThat(pods.fewest()).as("update").isEqualTo(3);
            live("a1");
            assertThat(pods.fewest()).as("rollback").isEqualTo(3);
            scaling("autoscaling: {enabled: true, minReplicas: 2, maxReplicas: 6}\n");
            live("c3");
            assertThat(pods.fewest()).as("autoscaler on").isEqualTo(3);
            scaling("autoscaling: {enabled: true, minReplicas: 4, maxReplicas: 6}\n");
            live("d4");
            assertThat(pods.now()).as("autoscaler's minimum").isEqualTo(4);
            scaling("replicas: 3\n");
            live("e5");
            assertThat(pods.fewest()).as("autoscaler off").isEqualTo(3);
            client.apps()
                    .deployments()
                    .inNamespace(namespace())
                    .withName("order-api")
                    .scale(5);
            scaling("replicas: 4\n");
            live("f6");
            assertThat(pods.now()).as("taken back from a person").isEqualTo(4);
            assertThat(pods.fewest()).isEqualTo(3);
        }
    }

    /** Whoever may write to rendered/* could otherwise open the space with the orchestrator's rights. */
    @Test
    void whatOnboardingMadeIsNotOpenedByAManifest() throws Exception {
        client.resource(new NetworkPolicyBuilder()
                        .withNewMetadata()
                        .withName("order-api")
                        .withNamespace(namespace())
                        .addToLabels("app.kubernetes.io/managed-by", "imaas")
                        .endMetadata()
                        .withNewSpec()
                        .withNewPodSelector()
                        .endPodSelector()
                        .withPolicyTypes("Ingress", "Egress")
                        .endSpec()
                        .build())
                .create();

        RolloutOutcome outcome = within(60, "a1");

        assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.REFUSED);
        assertThat(outcome.reasons().toString())
                .contains("a service's manifest must not change it", "NetworkPolicy/" + namespace() + "/order-api");
        assertThat(client.network()
                        .networkPolicies()
                        .inNamespace(namespace())
                        .withName("order-api")
                        .get()
                        .getSpec()
                        .getIngress())
                .isEmpty();
    }

    @Test
    void podsThatAQuotaRefusesFailWithTheServersWords() throws Exception {
        noPods();
        RolloutOutcome outcome = within(60, "a1");
        assertThat(outcome.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(outcome.reasons().get(0)).contains("exceeded quota: none");
    }

    @Test
    void aMigrationWhosePodsAQuotaRefusesFailsWithTheServersWords() throws Exception {
        noPods();
        commit(
                GitOpsPaths.migration(SERVICE),
                new Migration(
                                MigrationTool.FLYWAY,
                                ImageRef.parse("docker.io/flyway/flyway@sha256:" + "f".repeat(64)),
                                "orders-db",
                                new TreeMap<>(Map.of("V1__a.sql", "select 1;")))
                        .text());
        RolloutTarget target = reviewed("b", "");
        RolloutOutcome outcome = ended(60, target);
        assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.FAILED);
        assertThat(outcome.reasons().toString()).contains("exceeded quota: none", "Job ");
    }

    @Test
    void anImageThatCannotBePulledIsDegradedWithinAMinute() throws Exception {
        RolloutOutcome outcome = within(60, "dead");
        assertThat(outcome.verdict()).isEqualTo(Verdict.DEGRADED);
        assertThat(outcome.reasons().toString()).containsAnyOf("ErrImagePull", "ImagePullBackOff");
    }

    @Test
    void aCrashLoopIsDegradedWithinAMinuteAndOneOfAnotherReleaseIsNot() throws Exception {
        RolloutOutcome outcome = within(60, "c4a5");
        assertThat(outcome.verdict()).isEqualTo(Verdict.DEGRADED);
        assertThat(outcome.reasons().toString()).contains("exit code");
        live("a1");
    }

    @Test
    void theTimeIsKeptToTheSecondWhoeverLooks() throws Exception {
        Digest never = new Digest("sha256:" + "0e4e".repeat(16));
        RolloutTarget target = target(release(never), never, Duration.ofSeconds(15));
        Semaphore news = new Semaphore(0);
        Instant begin = Instant.now();
        try (AutoCloseable watch = real.watch(target, () -> news.release())) {
            RolloutStatus status = real.follow(target);
            while (status instanceof RolloutStatus.InProgress) {
                assertThat(news.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
                status = real.follow(target);
            }
            assertThat(watch).isNotNull();
            RolloutOutcome outcome = ((RolloutStatus.Ended) status).outcome();
            assertThat(outcome.verdict()).isEqualTo(Verdict.TIMED_OUT);
            assertThat(outcome.reasons().get(0)).contains("0 of 3 pods ready with " + never.abbreviated());
        }
        assertThat(Duration.between(begin, Instant.now()).toMillis()).isBetween(15_000L, 16_500L);
    }

    private void scaling(String environment) {
        commit(GitOpsPaths.environment(SERVICE, TEST), environment);
    }
}
