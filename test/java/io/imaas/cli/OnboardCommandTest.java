package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.system.SystemClock;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.dev.local.LocalCluster;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.testing.Git;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A platform's tenant on a folder that stands for a cluster, with real Git and a real registry. */
class OnboardCommandTest {
    private static final int KILLS = Integer.getInteger("imaas.tries", 2);

    @TempDir
    Path folder;

    private LoopbackRegistry registry;
    private Git git;

    @BeforeEach
    void platform() throws IOException {
        registry = LoopbackRegistry.start(folder.resolve("registry"), 0);
        CommandLineRun.bareRepository(folder);
        git = Git.in(folder.resolve("orders-gitops.git"));
        write("platform/platform.yaml", "platform: acme\nregistries: [\"" + registry.address() + "/acme\"]\n");
        tenant(4);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void aDryRunTellsWhatWouldBeMadeAndMakesNothing() throws IOException {
        CommandLineRun run =
                onboard("--dry-run", "--jobs-dir", folder.resolve("jobs").toString());

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .contains("create    Namespace orders-dev")
                .contains("create    ResourceQuota orders-dev/tenant")
                .contains("create    GitOps branch dev")
                .contains("create    Jenkins job orders/api")
                .contains("0 to update");
        assertThat(git.run("branch", "--list")).isEmpty();
        assertThat(folder.resolve("jobs")).doesNotExist();
        assertThat(objects()).isZero();
    }

    @Test
    void whatIsOnboardedOnceIsUnchangedAfterwards() {
        assertThat(onboard().exitCode()).isZero();
        assertThat(git.run("branch", "--list")).contains("dev", "test", "prod");

        CommandLineRun dry = onboard("--dry-run", "--detailed-exitcode");
        assertThat(dry.out())
                .contains("0 to create, 0 to update")
                .endsWith("Plan: 0 to create, 0 to change, 0 to destroy\n")
                .doesNotContain("Namespace orders-dev");
        assertThat(dry.exitCode()).isEqualTo(4);
        assertThat(onboard("--detailed-exitcode").exitCode()).isEqualTo(4);
    }

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
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        line.addAll(arguments(command, more));
        return new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private long written() throws IOException {
        return objects() + names("jobs").size();
    }

    /** Of all files in a folder; drafts are none yet. */
    private List<String> names(String of) throws IOException {
        Path root = folder.resolve(of);
        while (true) {
            try (Stream<Path> files = Files.exists(root) ? Files.walk(root) : Stream.<Path>empty()) {
                return files.filter(Files::isRegularFile)
                        .map(file -> root.relativize(file).toString())
                        .filter(name -> !name.endsWith(".tmp"))
                        .sorted()
                        .toList();
            } catch (UncheckedIOException moved) {
                // The other process gave a file its name just now: look again.
                continue;
            }
        }
    }

    @Test
    void aChangedQuotaIsToldAsTheOneUpdateThatItIs() throws IOException {
        onboard();
        tenant(7);
        CommandLineRun dry = onboard("--dry-run");

        assertThat(dry.out())
                .contains(
                        "update    ResourceQuota orders-dev/tenant\n            ~ spec.hard.pods: 4 -> 7\n",
                        "0 to create, 3 to update",
                        "Plan: 0 to create, 3 to change, 0 to destroy")
                .contains("note: no jobs");
        assertThat(onboard().out()).contains("0 created, 3 updated");
    }

    @Test
    void whatLiesBetweenTwoRevisionsIsToldFieldByFieldForThePullRequest() throws IOException {
        Git platform = Git.in(folder.resolve("platform"));
        platform.run("init", "-q", "-b", "main");
        commit(platform, "first");
        tenant(7);
        CommandLineRun run = CommandLineRun.of(
                "onboard",
                "--dry-run",
                "--base",
                "main",
                "--platform",
                folder.resolve("platform").toString(),
                "--cache",
                folder.resolve("cache").toString());

        assertThat(run.out())
                .as(run.err())
                .contains(
                        "Onboard orders: 0 to create, 3 to update",
                        "- update ResourceQuota orders-dev/tenant\n  - spec.hard.pods: 4 -&gt; 7\n");
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void anAuditTellsTheGravestFirstAndRepairsWhatItMay() throws IOException {
        onboard();
        assertThat(run("audit").exitCode()).isZero();
        LocalCluster cluster = new LocalCluster(folder.resolve("cluster"), new SystemClock());
        OwnLabels orders = new OwnLabels(Map.of("imaas.io/tenant", "orders"));
        cluster.delete("v1", "ConfigMap", "orders-dev", "dashboard", orders);
        cluster.delete("networking.k8s.io/v1", "NetworkPolicy", "orders-test", "default-deny", orders);

        CommandLineRun found = run("audit");
        assertThat(found.exitCode()).isEqualTo(1);
        assertThat(found.out().lines())
                .containsExactly(
                        "high  NetworkPolicy orders-test/default-deny: is missing (imaas audit orders --repair)",
                        "medium  ConfigMap orders-dev/dashboard: is missing (imaas audit orders --repair)",
                        "2 findings");
        assertThat(run("audit", "--format", "json").out()).contains("\"severity\" : \"HIGH\"");

        cluster.apply(List.of(new Manifest(
                "v1",
                "Namespace",
                "",
                "gone-dev",
                "apiVersion: v1\nkind: Namespace\nmetadata: {name: gone-dev, labels: {imaas.io/platform: acme}}\n")));
        assertThat(run("audit").out())
                .contains("medium  Namespace gone-dev: no file of the platform names it any more", "3 findings");
        cluster.delete("v1", "Namespace", "", "gone-dev", new OwnLabels(Map.of("imaas.io/platform", "acme")));

        CommandLineRun repaired = run("audit", "--repair");
        assertThat(repaired.out()).contains("Everything is as the platform's files say.");
        assertThat(repaired.exitCode()).isZero();
        assertThat(cluster.get("networking.k8s.io/v1", "NetworkPolicy", "orders-test", "default-deny"))
                .isPresent();
    }

    @Test
    void whatTheFilesNameNoMoreIsToldByValidateThePlanAndTheStatusAndRunsOn() throws IOException {
        onboard();
        Git platform = Git.in(folder.resolve("platform"));
        platform.run("init", "-q", "-b", "main");
        commit(platform, "first");
        Path orders = folder.resolve("platform/tenants/orders.yaml");
        String text = Files.readString(orders);
        Files.writeString(orders, text + "environments: [{name: dev}, {name: test}]\n");
        String cache = folder.resolve("cache").toString();
        String warning = "warning: environment prod of tenant orders is removed from the files without 'offboarding'";

        assertThat(CommandLineRun.of(
                                "validate", folder.resolve("platform").toString(), "--base", "main", "--cache", cache)
                        .out())
                .contains(warning, "1 warning");
        String orphan = "Namespace orders-prod: warning: no file of the platform names it any more";
        assertThat(onboard("--dry-run").out()).contains(orphan);
        assertThat(onboard().out()).contains(orphan);
        assertThat(onboard("--dry-run", "--format", "json").out()).contains("\"rule\" : \"orphan\"");
        assertThat(onboard("orders", "--dry-run").out()).doesNotContain("orphan", "orders-prod");
        assertThat(new LocalCluster(folder.resolve("cluster"), new SystemClock())
                        .get("v1", "Namespace", "", "orders-prod"))
                .isPresent();

        commit(platform, "no prod");
        assertThat(status("orders").err()).contains(warning, " by ann)");
        platform.run("rm", "-q", "tenants/orders.yaml");
        commit(platform, "no orders");
        assertThat(status("orders").err())
                .contains("warning: tenant orders is removed from the files without", "no tenant 'orders'");
        assertThat(onboard("--dry-run").out()).contains("Namespace orders-dev: warning: no file of the platform");
    }

    private CommandLineRun status(String tenant) {
        return CommandLineRun.of(
                "status",
                "--platform",
                folder.resolve("platform").toString(),
                "--tenant",
                tenant,
                "--cache",
                folder.resolve("cache").toString());
    }

    private static void commit(Git repository, String subject) {
        repository.run("add", ".");
        repository.run("-c", "user.name=ann", "-c", "user.email=a@example.org", "commit", "-qm", subject);
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

    @Test
    void jsonTellsEveryResource() {
        CommandLineRun run = onboard("--dry-run", "--format", "json");

        assertThat(run.out())
                .contains("\"dryRun\" : true", "\"tenant\" : \"orders\"", "\"kind\" : \"CREATED\"", "orders-prod");
    }

    @Test
    void aRegistryThatIsGoneIsNotTheUsersFault() {
        registry.close();
        CommandLineRun run = onboard("--dry-run");

        assertThat(run.exitCode()).isEqualTo(6);
        assertThat(run.err()).contains(registry.address());
        assertThat(run.out()).contains("not finished");
    }

    @Test
    void theRegistryIsAskedForATenantThatIsNewAndNotAgain() {
        assertThat(onboard().exitCode()).isZero();
        registry.close();
        assertThat(onboard("--detailed-exitcode").exitCode()).isEqualTo(4);
    }

    @Test
    void anUnknownTenantAndAMissingClusterAreTheUsersMistakes() {
        assertThat(onboard("nobody").err()).contains("no tenant 'nobody'", "orders");
        assertThat(CommandLineRun.of(
                                "onboard",
                                "--platform",
                                folder.resolve("platform").toString())
                        .exitCode())
                .isEqualTo(2);
    }

    private CommandLineRun onboard(String... more) {
        return run("onboard", more);
    }

    private CommandLineRun run(String command, String... more) {
        return CommandLineRun.of(arguments(command, more).toArray(String[]::new));
    }

    private List<String> arguments(String command, String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                command,
                "--platform",
                folder.resolve("platform").toString(),
                "--cluster-dir",
                folder.resolve("cluster").toString(),
                "--cache",
                folder.resolve("cache").toString()));
        arguments.addAll(List.of(more));
        return arguments;
    }

    private long objects() throws IOException {
        return names("cluster").size();
    }

    private void tenant(int pods) throws IOException {
        write(
                "platform/tenants/orders.yaml",
                "tenant: orders\nowners: [\"@acme/leads\"]\ncontact: orders@example.org\ngitops: file://"
                        + folder.resolve("orders-gitops.git") + "\nquota: {cpu: 2, memory: 4Gi, pods: " + pods
                        + "}\nservices:\n  - name: api\n    repository: https://git.example.org/api.git\n"
                        + "    type: gateway\n");
    }

    private void write(String path, String text) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
