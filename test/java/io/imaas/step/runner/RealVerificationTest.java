package io.imaas.step.runner;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.imaas.adapter.kubernetes.ClusterAccess;
import io.imaas.adapter.kubernetes.KubernetesCluster;
import io.imaas.adapter.system.SystemClock;
import io.imaas.model.identity.Secret;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.testing.LeastRights;
import io.imaas.testing.RealServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Jobs of {@code verify} on a real API server with real controllers, by an account that has the role {@code imaas-verify}
 * alone: {@code IMAAS_REAL_KUBECONFIG} names a kubeconfig. Where there are no nodes but a stand-in for the kubelet, a digest
 * that begins with {@code dead} must not be pulled.
 */
@Tag("real")
class RealVerificationTest {
    private final String tenant = "verify" + Long.toString(System.nanoTime(), 36);
    private final VerifiedRelease release = new VerifiedRelease(tenant, Duration.ofSeconds(20));
    private KubernetesClient admin;
    private LeastRights rights;
    private KubernetesCluster cluster;
    private String waited = "";

    @BeforeEach
    void connect() throws Exception {
        admin = RealServer.kubernetes();
        admin.resource(new NamespaceBuilder()
                        .withNewMetadata()
                        .withName(tenant + "-dev")
                        .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                        .endMetadata()
                        .build())
                .create();
        rights = new LeastRights(tenant, List.of("imaas-verify"));
        cluster = KubernetesCluster.connect(new ClusterAccess.Kubeconfig(new Secret(rights.kubernetes()), ""));
    }

    @AfterEach
    void leaveNothing() {
        if (cluster != null) {
            cluster.close();
            rights.close();
            admin.namespaces().withName(tenant + "-dev").delete();
            admin.close();
        }
    }

    @Test
    void aJobWhosePodsAQuotaRefusesSaysNothingAboutTheRelease() throws Exception {
        RealServer.noPods(admin, tenant + "-dev");

        RolloutOutcome outcome = verify("a1");

        assertThat(waited).contains(" has not started: the cluster refuses its pods: ", "exceeded quota: none");
        assertThat(outcome.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(outcome.reasons().toString()).contains("its job did not start", "exceeded quota: none");
    }

    @Test
    void aJobWhoseImageCannotBePulledSaysNothingAboutTheRelease() throws Exception {
        RolloutOutcome outcome = verify("dead");

        assertThat(outcome.verdict()).isEqualTo(Verdict.UNKNOWN);
        assertThat(outcome.reasons().toString())
                .contains("its job did not start: pod verify-contract-")
                .containsAnyOf("ErrImagePull", "ImagePullBackOff");
    }

    private RolloutOutcome verify(String digest) throws Exception {
        Verifier verifier = release.verifier((digest + "0".repeat(64)).substring(0, 64), cluster, new SystemClock());
        Verifier.Progress progress = release.begin(verifier);
        Instant end = Instant.now().plusSeconds(60);
        while (Instant.now().isBefore(end)) {
            RolloutStatus status = verifier.look(progress);
            if (status instanceof RolloutStatus.Ended ended) {
                return ended.outcome();
            }
            if (status instanceof RolloutStatus.InProgress underway) {
                waited = underway.waitingFor();
            }
            TimeUnit.MILLISECONDS.sleep(500);
        }
        throw new AssertionError("no end after a minute: " + waited);
    }
}
