package io.imaas.adapter.direct;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.imaas.adapter.kubernetes.ClusterAccess;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.image.Digest;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.testing.RealServer;
import io.imaas.testing.SlowServer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to the API server, to our account and to a release's pods while a rollout without Argo CD is followed. */
@Tag("real")
class RealDirectOutageTest extends RealDirectScene {
    private static final String SLOW_PULL = "510e";

    /** What was waited for, and why nothing could be found out. */
    private final Set<String> told = new LinkedHashSet<>();

    @Test
    void anApiServerKilledWhileItAppliesCostsTimeAndNotTheRun() throws Exception {
        live("a1");
        RealServer.variable("IMAAS_REAL_CONTROL");
        RolloutTarget target = release("b2", Duration.ofMinutes(10));
        CompletableFuture<RolloutStatus> first = CompletableFuture.supplyAsync(() -> real.follow(target));
        TimeUnit.MILLISECONDS.sleep(150);
        RealServer.control("stop", "kube-apiserver");
        try {
            await(target, Instant.now().plusSeconds(20));
        } finally {
            RealServer.control("start", "kube-apiserver");
        }
        RolloutStatus status = await(target, Instant.now().plusSeconds(90));
        first.handle((good, cutOff) -> good).join();
        assertThat(status.toString()).as(told.toString()).contains("verdict=LIVE");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 6})
    void anApiServerWhoseAnswersComeLateCostsTimeAndNotTheRun(int seconds) throws Exception {
        URI server = client.getMasterUrl().toURI();
        try (SlowServer slow = new SlowServer(server, Duration.ofSeconds(seconds))) {
            real.close();
            real = deployments(new ClusterAccess.Kubeconfig(
                    new Secret(kubeconfig.replaceAll("(server: *\"?)https://[^\"\\s]*", "$1" + slow.address())), ""));
            Instant begin = Instant.now();
            RolloutStatus status = await(release("b2", Duration.ofMinutes(10)), begin.plusSeconds(300));
            assertThat(status.toString()).as(told.toString()).contains("verdict=LIVE");
        }
    }

    @Test
    void anAccountThatIsDeletedInTheMiddleEndsTheRolloutAtOnceWithTheServersWords() throws Exception {
        RolloutTarget target = release("5100", Duration.ofMinutes(10));
        await(target, Instant.now().plusSeconds(5));
        rights.deleteAccount();
        Instant begin = Instant.now();
        RolloutStatus status = await(target, begin.plusSeconds(40));
        assertThat(status.toString()).as(told.toString()).contains("verdict=REFUSED");
    }

    @Test
    void anImageWhosePullTakesLongIsWaitedForAndAnEvictedPodIsNoEvidence() throws Exception {
        commit(GitOpsPaths.environment(SERVICE, TEST), "replicas: 1\n");
        RolloutTarget target = release(SLOW_PULL, Duration.ofMinutes(10));
        await(target, Instant.now().plusSeconds(10));
        Pod evicted = client.pods().inNamespace(namespace()).list().getItems().get(0);
        evicted.getStatus().setPhase("Failed");
        evicted.getStatus().setReason("Evicted");
        evicted.getStatus().setMessage("The node was low on resource: memory.");
        evicted.getStatus().getContainerStatuses().forEach(container -> {
            container.setState(new io.fabric8.kubernetes.api.model.ContainerStateBuilder()
                    .withNewTerminated()
                    .withExitCode(137)
                    .withReason("ContainerStatusUnknown")
                    .endTerminated()
                    .build());
        });
        client.resource(evicted).patchStatus();
        RolloutStatus status = await(target, Instant.now().plusSeconds(150));
        assertThat(status.toString()).as(told.toString()).contains("verdict=LIVE");
        assertThat(told.toString()).contains("The node was low on resource: memory.");
    }

    @Test
    void aNamespaceThatIsBeingDeletedFailsWithTheServersWords() throws Exception {
        client.configMaps()
                .inNamespace(namespace())
                .resource(new io.fabric8.kubernetes.api.model.ConfigMapBuilder()
                        .withNewMetadata()
                        .withName("held")
                        .withFinalizers("example.org/held")
                        .endMetadata()
                        .build())
                .create();
        client.namespaces().withName(namespace()).delete();
        try {
            Instant begin = Instant.now();
            RolloutStatus status = await(release("b2", Duration.ofMinutes(10)), begin.plusSeconds(60));
            assertThat(status.toString()).as(told.toString()).contains("being terminated");
        } finally {
            client.configMaps().inNamespace(namespace()).withName("held").edit(found -> {
                found.getMetadata().setFinalizers(List.of());
                return found;
            });
        }
    }

    @Test
    void anotherManagerThatChangesTheDeploymentAllTheTimeIsNamed() throws Exception {
        live("a1");
        RolloutTarget target = release("b2", Duration.ofSeconds(40));
        Thread other = new Thread(() -> {
            try {
                while (!Thread.currentThread().isInterrupted()) {
                    client.apps()
                            .deployments()
                            .inNamespace(namespace())
                            .withName("order-api")
                            .patch(
                                    new PatchContext.Builder()
                                            .withPatchType(PatchType.JSON)
                                            .withFieldManager("other-controller")
                                            .build(),
                                    "[{\"op\": \"replace\", \"path\": \"/spec/template/spec/containers/0/image\","
                                            + " \"value\": \"" + IMAGES + "@" + digestOf("a1") + "\"}]");
                    TimeUnit.MILLISECONDS.sleep(200);
                }
            } catch (InterruptedException | KubernetesClientException e) {
                Thread.currentThread().interrupt();
            }
        });
        other.start();
        RolloutStatus status;
        try {
            status = await(target, Instant.now().plusSeconds(60));
        } finally {
            other.interrupt();
            other.join();
        }
        assertThat(status.toString()).contains("TIMED_OUT", "other-controller");
    }

    private RolloutTarget release(String prefix, Duration timeout) {
        Digest digest = digestOf(prefix);
        return target(release(digest), digest, timeout);
    }

    private static Digest digestOf(String prefix) {
        return new Digest("sha256:" + (prefix + "0".repeat(64)).substring(0, 64));
    }

    private RolloutStatus await(RolloutTarget target, Instant end) throws InterruptedException {
        RolloutStatus status = null;
        while (!(status instanceof RolloutStatus.Ended) && Instant.now().isBefore(end)) {
            try {
                status = real.follow(target);
                told.add(
                        status instanceof RolloutStatus.InProgress progress
                                ? progress.waitingFor() + progress.resources()
                                : "");
            } catch (FailureException e) {
                told.add(e.failure().sentence());
            }
            TimeUnit.MILLISECONDS.sleep(100);
        }
        return status;
    }
}
