package io.imaas.adapter.argocd;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.testing.RealServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What the cluster, its nodes and others do to a release's objects meanwhile. */
@Tag("real")
class RealClusterFaultsTest extends RealArgoCdScene {
    /** Its pull takes 75 s and does not fail. */
    private static final String SLOW_PULL = "510e";

    @Test
    void anImageWhosePullTakesLongIsWaitedFor() throws Exception {
        RolloutOutcome outcome = within(150, release(SLOW_PULL, 1), SLOW_PULL);
        assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.LIVE);
    }

    @Test
    void aPodThatItsNodeEvictsIsNoEvidenceAgainstTheRelease() throws Exception {
        RolloutTarget target = target(release(SLOW_PULL, 1), SLOW_PULL, Duration.ofMinutes(10));
        Set<String> said = new LinkedHashSet<>();
        await(target, said, Instant.now().plusSeconds(5));
        await(() -> pods(SLOW_PULL).size() == 1);
        Pod evicted = pods(SLOW_PULL).get(0);
        evicted.getStatus().setPhase("Failed");
        evicted.getStatus().setReason("Evicted");
        evicted.getStatus().setMessage("The node was low on resource: memory.");
        evicted.getStatus().setContainerStatuses(List.of());
        evicted.getStatus().setInitContainerStatuses(List.of());
        kubernetes.resource(evicted).patchStatus();
        RolloutStatus status = await(target, said, Instant.now().plusSeconds(200));
        assertThat(status.toString()).as(said.toString()).contains("verdict=LIVE");
    }

    private List<Pod> pods(String prefix) {
        return kubernetes.pods().inNamespace(name).list().getItems().stream()
                .filter(pod -> pod.getSpec()
                        .getContainers()
                        .get(0)
                        .getImage()
                        .endsWith(digest(prefix).value()))
                .toList();
    }

    @Test
    void aNamespaceThatIsBeingDeletedFailsWithTheServersWords() throws Exception {
        HasMetadata held = load("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: held, namespace: " + name
                        + ", finalizers: [example.org/held]}\n")
                .get(0);
        kubernetes.resource(held).create();
        kubernetes.namespaces().withName(name).delete();
        try {
            RolloutOutcome outcome = within(90, release("b2", 1), "b2");
            assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.FAILED);
            assertThat(outcome.reasons().toString()).contains("being terminated");
        } finally {
            kubernetes.resource(held).edit(found -> {
                found.getMetadata().setFinalizers(List.of());
                return found;
            });
        }
    }

    @Test
    void aVolumeThatIsNeverBoundIsNamedWhileItIsWaitedForAndByTheTimeout() throws Exception {
        String claim =
                """
                ---
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: files}
                spec:
                  accessModes: [ReadWriteOnce]
                  storageClassName: nowhere
                  resources: {requests: {storage: 1Gi}}
                """;
        String manifest = manifest("b2", 1).stripTrailing()
                + "\n      volumes: [{name: files, persistentVolumeClaim: {claimName: files}}]\n" + claim;
        RolloutTarget target = target(commit(manifest), "b2", Duration.ofSeconds(60));
        Set<String> said = new LinkedHashSet<>();
        RolloutStatus status = await(target, said, Instant.now().plusSeconds(80));
        assertThat(status.toString()).contains("verdict=TIMED_OUT", "unbound immediate PersistentVolumeClaims");
        assertThat(said.toString()).contains("unbound immediate PersistentVolumeClaims");
    }

    @Test
    void anotherManagerThatChangesTheDeploymentAllTheTimeIsNamed() throws Exception {
        RolloutTarget target = target(release("b2", 1), "b2", Duration.ofSeconds(60));
        Set<String> said = new LinkedHashSet<>();
        String patch = "{\"spec\":{\"template\":{\"spec\":{\"containers\":[{\"name\":\"mi\",\"image\":\"" + IMAGES + "@"
                + digest("a1") + "\"}]}}}}";
        Thread other = new Thread(() -> {
            while (!Thread.currentThread().isInterrupted()) {
                try {
                    kubernetes
                            .apps()
                            .deployments()
                            .inNamespace(name)
                            .withName("order-api")
                            .patch(
                                    new io.fabric8.kubernetes.client.dsl.base.PatchContext.Builder()
                                            .withPatchType(
                                                    io.fabric8.kubernetes.client.dsl.base.PatchType.STRATEGIC_MERGE)
                                            .withFieldManager("other-controller")
                                            .build(),
                                    patch);
                    TimeUnit.MILLISECONDS.sleep(200);
                } catch (InterruptedException | io.fabric8.kubernetes.client.KubernetesClientException e) {
                    return;
                }
            }
        });
        other.start();
        RolloutStatus status;
        try {
            status = await(target, said, Instant.now().plusSeconds(80));
        } finally {
            other.interrupt();
            other.join();
        }
        assertThat(status.toString()).contains("TIMED_OUT", "other-controller");
    }

    @Test
    void aPersonsRollbackInTheMiddleIsToldAndNotUndone() throws Exception {
        RolloutTarget target = target(release("5100", 1), "5100", Duration.ofMinutes(10));
        Set<String> said = new LinkedHashSet<>();
        await(target, said, Instant.now().plusSeconds(8));
        change(spec -> spec.withObject("/syncPolicy").remove("automated"));
        HttpRequest rollback = HttpRequest.newBuilder(URI.create(
                        RealServer.variable("IMAAS_REAL_ARGOCD") + "/api/v1/applications/" + name + "/rollback"))
                .header("Authorization", "Bearer " + RealServer.variable("IMAAS_REAL_ARGOCD_TOKEN"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"name\":\"" + name + "\",\"id\":0}"))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(rollback, HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Instant begin = Instant.now();
        RolloutStatus status = await(target, said, begin.plusSeconds(90));
        assertThat(status.toString()).contains("verdict=REFUSED", "paused");
        await(() -> pods("a1").size() == 1 && pods("5100").isEmpty());
    }
}
