package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.testing.Git;
import io.imaas.testing.ReadyPods;
import io.imaas.testing.RealServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.eclipse.jgit.util.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * With a real Argo CD, the ready pods counted at the API server every 100 ms: nothing that a release changes takes them below
 * what was wanted. The servers are those of docs/real-systems.md.
 */
@Tag("real")
class RealScalingTest {
    @TempDir
    Path folder;

    private final String tenant = "scale" + Long.toString(System.nanoTime(), 36);
    private KubernetesClient kubernetes;
    private LoopbackRegistry registry;
    private Path bare;
    private RealCommand imaas;
    private int releases;

    @BeforeEach
    void onboard() throws IOException {
        kubernetes = RealServer.kubernetes();
        registry = LoopbackRegistry.start(folder.resolve("registry"), 0);
        bare = Path.of(RealServer.variable("IMAAS_REAL_GIT_ROOT"), tenant + ".git");
        imaas = new RealCommand(folder, tenant, RealServer.variable("IMAAS_REAL_GIT") + "/" + tenant + ".git");
        Git.in(folder).run("init", "-q", "--bare", "-b", "main", bare.toString());
        Files.createDirectories(folder.resolve("platform/tenants"));
        Files.writeString(
                folder.resolve("platform/platform.yaml"),
                "platform: scale\nregistries: [\"" + registry.address() + "/scale\"]\n"
                        + "policy:\n  images: {check: optional}\n");
        metadata("");
        imaas.done("onboard", tenant);
        Git.in(folder).run("clone", "-q", "-b", "dev", bare.toString(), "hand");
    }

    @AfterEach
    void leaveNothing() throws IOException {
        if (imaas != null) {
            metadata("offboarding: {from: 2020-01-01, reason: the end of the test}");
            imaas.run("onboard", tenant);
            registry.close();
            kubernetes.close();
            FileUtils.delete(bare.toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING);
        }
    }

    @Test
    void updatesRollbacksAutoscalersAndAnotherChartNeverTakeThePodsBelowWhatWasWanted() throws Exception {
        environment("replicas: 3\n");
        released();
        try (ReadyPods pods = new ReadyPods(kubernetes, tenant + "-dev")) {
            released();
            assertThat(pods.fewest()).as("update").isEqualTo(3);
            imaas.done("rollback", "api", "dev", "--reason", "totals", "--no-image-check", "--timeout", "2m");
            imaas.done("resume", "api", "dev");
            assertThat(pods.fewest()).as("rollback").isEqualTo(3);
            environment("autoscaling: {enabled: true, minReplicas: 2, maxReplicas: 6}\n");
            autoscaled(3, pods);
            assertThat(pods.fewest()).as("autoscaler on").isEqualTo(3);
            scaledTo(5, pods);
            autoscaled(5, pods);
            environment("autoscaling: {enabled: true, minReplicas: 6, maxReplicas: 8}\n");
            autoscaled(6, pods);
            environment("replicas: 3\n");
            released();
            pods.await(3, "");
            assertThat(pods.fewest()).as("autoscaler off").isEqualTo(3);
            anotherChart();
            assertThat(pods.fewest()).as("another chart").isEqualTo(3);
        }
    }

    /** As the autoscaler does: by the subresource, and nobody takes it back. */
    private void scaledTo(int count, ReadyPods pods) throws InterruptedException {
        kubernetes
                .apps()
                .deployments()
                .inNamespace(tenant + "-dev")
                .withName("api")
                .scale(count);
        pods.await(count, "");
    }

    private void released() {
        release();
        imaas.done("rollout", "api", "dev", "--timeout", "2m");
    }

    /** Nobody measures pods there: Argo CD calls the autoscaler degraded, and the release is live all the same. */
    private void autoscaled(int count, ReadyPods pods) throws InterruptedException {
        String image = release();
        imaas.done("rollout", "api", "dev", "--timeout", "2m");
        pods.await(count, image);
    }

    private String release() {
        String digest = "abcdef123".charAt(releases) + "0".repeat(63);
        String version = "1." + releases++ + ".0";
        String image = registry.address() + "/scale/" + tenant + "/api@sha256:" + digest;
        imaas.done("release", "api", "dev", "--image", image, "--version", version, "--no-image-check");
        return image;
    }

    private void environment(String values) throws IOException {
        Git hand = Git.in(folder.resolve("hand"));
        hand.run("pull", "-q", "--rebase", "origin", "dev");
        Path file = folder.resolve("hand/services/api/env/dev.yaml");
        Files.createDirectories(file.getParent());
        Files.writeString(file, values);
        hand.run("add", "-A");
        hand.run("-c", "user.name=ann", "-c", "user.email=a@example.org", "commit", "-q", "-m", values.strip());
        hand.run("push", "-q", "origin", "dev");
    }

    /** The same chart but for one line of the pods. */
    private void anotherChart() throws IOException {
        Path chart = folder.resolve("chart");
        Path ours = Path.of("resources/helm/mi-service");
        try (Stream<Path> files = Files.walk(ours)) {
            for (Path file : files.toList()) {
                Path copy = chart.resolve(ours.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
        Path deployment = chart.resolve("templates/deployment.yaml");
        Files.writeString(
                deployment,
                Files.readString(deployment)
                        .replace(
                                "      topologySpreadConstraints:",
                                "      setHostnameAsFQDN: false\n      topologySpreadConstraints:"));
        imaas.done("promote", "--chart", "dev", "--chart-folder", chart.toString(), "--timeout", "2m");
    }

    private void metadata(String due) throws IOException {
        Files.writeString(
                folder.resolve("platform/tenants/" + tenant + ".yaml"),
                """
                tenant: %s
                owners: ["@ann"]
                contact: orders@acme.example
                gitops: %s/%1$s.git
                %s
                environments: [{name: dev}]
                quota: {cpu: 80, memory: 160Gi, pods: 400}
                services:
                  - {name: api, repository: https://git.acme.example/api.git, type: gateway}
                """
                        .formatted(tenant, RealServer.variable("IMAAS_REAL_GIT"), due));
    }
}
