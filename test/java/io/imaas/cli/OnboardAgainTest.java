package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.system.SystemClock;
import io.imaas.dev.local.LocalCluster;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.testing.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Onboarding where something is already: what ran before, what others made, what a killed process left. */
class OnboardAgainTest extends OnboardWorld {
    private static final int KILLS = Integer.getInteger("imaas.tries", 2);

    /** A process of its own, and no fault that it could answer: SIGKILL between two of its writes, wherever it is just then. */
    @Test
    void afterKillsAtAnyMomentTheNextRunMakesTheSameWorld() throws Exception {
        String jobs = folder.resolve("jobs").toString();
        for (int kill = 0; kill < KILLS; kill++) {
            long enough = written() + new Random().nextInt(30);
            Process process = process("onboard", "--jobs-dir", jobs);
            for (int look = 0; process.isAlive() && written() < enough && look < 6_000; look++) {
                process.waitFor(10, TimeUnit.MILLISECONDS);
            }
            process.destroyForcibly().waitFor();
        }

        CommandLineRun next = onboard("--jobs-dir", jobs);
        assertThat(next.exitCode()).as(next.out() + next.err()).isZero();
        assertThat(onboard("--jobs-dir", jobs, "--detailed-exitcode").exitCode())
                .isEqualTo(4);
        git.run("fsck", "--strict", "--no-dangling");
        List<String> killed = names("cluster");
        List<String> elsewhere = arguments("onboard", "--jobs-dir", jobs);
        elsewhere.replaceAll(argument -> argument.replaceFirst("/cluster$", "/whole"));
        assertThat(CommandLineRun.of(elsewhere.toArray(String[]::new)).exitCode())
                .isZero();
        assertThat(killed).isEqualTo(names("whole"));
        assertThat(names("jobs")).noneMatch(name -> name.endsWith(".new"));
    }

    private Process process(String command, String... more) throws IOException {
        return JavaProcess.of(Main.class, arguments(command, more).toArray(String[]::new))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private long written() throws IOException {
        return objects() + names("jobs").size();
    }

    @Test
    void aNamespaceThatIsThereAlreadyIsNotTakenOver() throws IOException {
        new LocalCluster(folder.resolve("cluster"), new SystemClock())
                .apply(List.of(new Manifest(
                        "v1",
                        "Namespace",
                        "",
                        "orders-dev",
                        "apiVersion: v1\nkind: Namespace\nmetadata: {name: orders-dev, labels: {team: other}}\n")));

        for (CommandLineRun run : List.of(onboard("--dry-run"), onboard())) {
            assertThat(run.exitCode()).isEqualTo(5);
            assertThat(run.err()).contains("Namespace/orders-dev", "was not made by this platform", "--adopt");
        }
        assertThat(onboard().out()).contains("not finished");
        assertThat(new LocalCluster(folder.resolve("cluster"), new SystemClock())
                        .get("v1", "ResourceQuota", "orders-dev", "tenant"))
                .isEmpty();
    }

    @Test
    void whatRanBeforeBeginsWithTheManifestsThatRanAndKeepsItsWaysUntilItIsMoved() throws IOException {
        LocalCluster cluster = new LocalCluster(folder.resolve("cluster"), new SystemClock());
        cluster.apply(List.of(new Manifest(
                "v1",
                "Namespace",
                "",
                "orders-prod",
                "apiVersion: v1\nkind: Namespace\nmetadata: {name: orders-prod, labels: {team: other}}\n")));
        String running = adopted("registry.example.org/orders/api:1.2", "sha256:" + "a".repeat(64));
        write("platform/adopt/orders/prod/api.yaml", running);
        CommandLineRun dry = onboard("--dry-run");
        assertThat(dry.exitCode()).as(dry.out() + dry.err()).isZero();
        CommandLineRun run = onboard();
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();

        assertThat(git.run("show", "rendered/prod:api/manifests.yaml")).isEqualTo(running);
        assertThat(git.run("show", "prod:services/api/release.yaml")).contains("sha256:" + "a".repeat(64));
        assertThat(git.run("show", "rendered/dev:api/manifests.yaml")).startsWith("# Nothing");
        assertThat(git.run("ls-tree", "-r", "--name-only", "test")).doesNotContain("release.yaml");
        assertThat(cluster.get("v1", "ResourceQuota", "orders-dev", "tenant")).isPresent();
        assertThat(cluster.get("v1", "ResourceQuota", "orders-prod", "tenant")).isEmpty();
        assertThat(cluster.get("v1", "Namespace", "", "orders-prod")
                        .orElseThrow()
                        .yaml())
                .contains("imaas.io/tenant: orders", "pod-security.kubernetes.io/warn:")
                .doesNotContain("pod-security.kubernetes.io/enforce:");
        assertThat(onboard("--detailed-exitcode").exitCode()).isEqualTo(4);

        Files.writeString(
                folder.resolve("platform/tenants/orders.yaml"),
                Files.readString(folder.resolve("platform/tenants/orders.yaml"))
                        .replace("replicas: 3, adopt: true", "replicas: 3"));
        assertThat(onboard("--dry-run").out()).contains("create    ResourceQuota orders-prod/tenant");
    }

    @Test
    void manifestsThatWouldRenderOtherwiseThanTheyWereSeenAreNotCommitted() throws IOException {
        String running = adopted("registry.example.org/orders/api:1.2", "sha256:" + "a".repeat(64));
        write("platform/adopt/orders/prod/api.yaml", running.replace("replicas: 3", "replicas:   3"));
        CommandLineRun run = onboard();

        assertThat(run.exitCode()).isEqualTo(7);
        assertThat(run.err()).contains("what api would run has changed since gates looked at it");
        assertThat(git.run("branch", "--list")).doesNotContain("prod");
    }

    /** What ran as api in prod, and the tenant's file that says so. */
    private String adopted(String image, String digest) throws IOException {
        tenant(4);
        Path file = folder.resolve("platform/tenants/orders.yaml");
        Files.writeString(
                file,
                Files.readString(file)
                        + "    adopt:\n      - {environment: prod, application: the-api, image: \"" + image
                        + "\", release: \"registry.example.org/orders/api@" + digest + "\"}\n"
                        + "environments:\n  - name: dev\n  - name: test\n  - {name: prod, replicas: 3, adopt: true}\n");
        return """
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: texts
                  namespace: orders-prod
                data:
                  hostile: "{{ .Values.image }} ${1}"
                  lines: |
                    image: other

                    - {{ end }}
                ---
                apiVersion: apps/v1
                kind: Deployment
                metadata:
                  name: the-api
                  namespace: orders-prod
                spec:
                  replicas: 3
                  selector:
                    matchLabels:
                      app: the-api
                  template:
                    metadata:
                      labels:
                        app: the-api
                    spec:
                      containers:
                      - name: mi
                        image: "%s"
                        args:
                        - 1000000
                """
                .formatted(image)
                .replace("- 1000000", "- \"1000000\"");
    }
}
