package io.imaas.adapter.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.ResourceQuotaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.imaas.adapter.helm.BundledChart;
import io.imaas.adapter.helm.HelmRenderer;
import io.imaas.adapter.kubernetes.ClusterAccess;
import io.imaas.adapter.kubernetes.KubernetesCluster;
import io.imaas.adapter.system.SystemClock;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.Digest;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.port.ServiceProbe;
import io.imaas.testing.ReadyPods;
import io.imaas.testing.RealServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Rollouts without Argo CD on a real API server with real controllers: {@code IMAAS_REAL_KUBECONFIG} names a kubeconfig.
 * Where there are no nodes but a stand-in for the kubelet, a digest that begins with {@code dead} must not be pulled, one
 * with {@code c4a5} crash, and one with {@code 0e4e} never be ready.
 */
@Tag("real")
class RealDirectTest extends DirectScene {
    private final String tenant = "rollout" + Long.toString(System.nanoTime(), 36);
    private KubernetesClient client;
    private DirectDeployments real;

    @BeforeEach
    void connect() throws Exception {
        String kubeconfig = Files.readString(Path.of(RealServer.variable("IMAAS_REAL_KUBECONFIG")));
        ClusterAccess access = new ClusterAccess.Kubeconfig(new Secret(kubeconfig), "");
        client = new KubernetesClientBuilder()
                .withConfig(io.fabric8.kubernetes.client.Config.fromKubeconfig(kubeconfig))
                .build();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace())
                        .endMetadata()
                        .build())
                .create();
        real = new DirectDeployments(
                new HelmRenderer(),
                KubernetesCluster.connect(access),
                git::at,
                BundledChart.unpack(temp.resolve("chart")),
                ServiceProbe.NONE,
                new SystemClock(),
                Duration.ofSeconds(2));
        commit(
                edit(GitOpsPaths.values(SERVICE), "service: order-api\ntype: gateway\nrollout: {minReadySeconds: 1}\n"),
                edit(GitOpsPaths.environment(SERVICE, TEST), "replicas: 3\n"));
    }

    @AfterEach
    void leaveNothing() {
        if (real != null) {
            real.close();
            client.namespaces().withName(namespace()).delete();
            client.close();
        }
    }

    @Override
    String tenant() {
        return tenant;
    }

    private String namespace() {
        return tenant + "-test";
    }

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

    @Test
    void podsThatAQuotaRefusesFailWithTheServersWords() throws Exception {
        client.resource(new ResourceQuotaBuilder()
                        .withNewMetadata()
                        .withName("none")
                        .withNamespace(namespace())
                        .endMetadata()
                        .withNewSpec()
                        .addToHard("pods", new Quantity("0"))
                        .endSpec()
                        .build())
                .create();
        RolloutOutcome outcome = within(60, "a1");
        assertThat(outcome.verdict()).isEqualTo(Verdict.FAILED);
        assertThat(outcome.reasons().get(0)).contains("exceeded quota: none");
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

    private void live(String prefix) throws Exception {
        RolloutOutcome outcome = within(120, prefix);
        assertThat(outcome.verdict()).as(outcome.reasons().toString()).isEqualTo(Verdict.LIVE);
    }

    private RolloutOutcome within(int seconds, String prefix) throws Exception {
        Digest digest = new Digest("sha256:" + (prefix + "0".repeat(64)).substring(0, 64));
        RolloutTarget target = target(release(digest), digest, Duration.ofMinutes(10));
        Instant end = Instant.now().plusSeconds(seconds);
        while (Instant.now().isBefore(end)) {
            if (real.follow(target) instanceof RolloutStatus.Ended ended) {
                return ended.outcome();
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
        throw new AssertionError("no verdict after " + seconds + " s: " + real.follow(target));
    }
}
