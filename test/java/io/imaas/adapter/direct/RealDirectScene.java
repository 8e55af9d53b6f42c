package io.imaas.adapter.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
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
import io.imaas.testing.LeastRights;
import io.imaas.testing.RealServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * For rollouts without Argo CD on a real API server with real controllers, by an account that has the documented rights alone: {@code IMAAS_REAL_KUBECONFIG} names a kubeconfig.
 * Where there are no nodes but a stand-in for the kubelet, a digest that begins with {@code dead} must not be pulled, one
 * with {@code c4a5} crash, and one with {@code 0e4e} never be ready.
 */
abstract class RealDirectScene extends DirectScene {
    private final String tenant = "rollout" + Long.toString(System.nanoTime(), 36);
    LeastRights rights;

    /** The administrator's, for what others do. */
    KubernetesClient client;
    /** The account of {@link #real}. */
    String kubeconfig;

    DirectDeployments real;

    @BeforeEach
    void connect() throws Exception {
        client = RealServer.kubernetes();
        client.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(namespace())
                        .endMetadata()
                        .build())
                .create();
        rights = new LeastRights(tenant, List.of("imaas-rollouts"));
        kubeconfig = rights.kubernetes();
        real = deployments(new ClusterAccess.Kubeconfig(new Secret(kubeconfig), ""));
        commit(
                edit(GitOpsPaths.values(SERVICE), "service: order-api\ntype: gateway\nrollout: {minReadySeconds: 1}\n"),
                edit(GitOpsPaths.environment(SERVICE, TEST), "replicas: 3\n"));
    }

    @AfterEach
    void leaveNothing() {
        if (real != null) {
            real.close();
            client.namespaces().withName(namespace()).delete();
            rights.close();
            client.close();
        }
    }

    @Override
    String tenant() {
        return tenant;
    }

    String namespace() {
        return tenant + "-test";
    }

    DirectDeployments deployments(ClusterAccess access) {
        return new DirectDeployments(
                new HelmRenderer(),
                KubernetesCluster.connect(access),
                git::at,
                BundledChart.unpack(temp.resolve("chart")),
                ServiceProbe.NONE,
                new SystemClock(),
                Duration.ofSeconds(2));
    }

    void noPods() {
        RealServer.noPods(client, namespace());
    }

    void live(String prefix) throws Exception {
        RolloutOutcome outcome = within(120, prefix);
        assertThat(outcome.verdict()).as(outcome.reasons().toString()).isEqualTo(Verdict.LIVE);
    }

    RolloutOutcome within(int seconds, String prefix) throws Exception {
        Digest digest = new Digest("sha256:" + (prefix + "0".repeat(64)).substring(0, 64));
        return ended(seconds, target(release(digest), digest, Duration.ofMinutes(10)));
    }

    RolloutOutcome ended(int seconds, RolloutTarget target) throws Exception {
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
