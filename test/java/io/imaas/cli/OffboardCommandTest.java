package io.imaas.cli;

import static io.imaas.testing.Texts.write;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.dev.local.LocalCluster;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.testing.Git;
import io.imaas.testing.ManualClock;
import io.imaas.testing.Yaml;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tenant that goes, with its neighbour, on a folder that stands for a cluster, real Git and a real registry. */
class OffboardCommandTest {
    private static final String DUE = "offboarding: {from: 2020-01-01, reason: moved to sales}";
    private static final String GRACE = "offboarding: {from: 2999-12-31, reason: moved to sales}";

    @TempDir
    Path folder;

    private LoopbackRegistry registry;
    private LocalCluster cluster;

    @BeforeEach
    void onboarded() throws IOException {
        registry = LoopbackRegistry.start(folder.resolve("registry"), 0);
        cluster = new LocalCluster(folder.resolve("cluster"), new ManualClock("2026-11-22T10:00:00Z"));
        Git.in(folder).run("init", "-q", "--bare", "-b", "dev", "orders.git");
        Git.in(folder).run("init", "-q", "--bare", "-b", "dev", "payments.git");
        write(folder, "platform/platform.yaml", "platform: acme\nregistries: [\"" + registry.address() + "/acme\"]\n");
        tenant("orders", "", "", "network: {allowFrom: [payments]}");
        tenant("payments", "", "", "network: {allowFrom: [orders]}");
        assertThat(onboard().exitCode()).isZero();
        List.of("api", "sync").forEach(service -> runs("orders-dev", service, "orders"));
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void inGraceNothingGoesAndEverybodyIsTold() throws IOException {
        tenant("orders", GRACE, "", "");
        CommandLineRun dry = onboard("--dry-run");

        assertThat(dry.out())
                .contains("note: tenant orders is offboarded from 2999-12-31 on: moved to sales")
                .contains("note: deletes then: namespace orders-dev")
                .doesNotContain("DELETE ");
        assertThat(onboard().out()).doesNotContain("deleted");
        assertThat(namespace("orders-dev")).isTrue();
        assertThat(CommandLineRun.of("validate", folder.resolve("platform").toString())
                        .out())
                .contains("tenant orders is offboarded from 2999-12-31 on: moved to sales");
    }

    @Test
    void onItsDayATenantIsTakenAwayAndItsHistoryStays() throws IOException {
        tenant("orders", DUE, "", "network: {allowFrom: [payments]}");
        CommandLineRun dry = onboard("--dry-run");

        assertThat(dry.exitCode()).as(dry.out() + dry.err()).isZero();
        assertThat(dry.out())
                .contains(
                        "Offboard orders",
                        "DELETE    Namespace orders-dev",
                        "DELETE    Namespace orders-prod",
                        "DELETE    Deployment orders-dev/api",
                        "DELETE    Jenkins job orders/api",
                        "DELETE    Jenkins folder orders",
                        "7 to DELETE");
        assertThat(namespace("orders-dev")).as("a dry run deletes nothing").isTrue();
        assertThat(folder.resolve("jobs/tenant_orders.groovy")).exists();

        CommandLineRun run = onboard();
        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(run.out()).contains("deleted");
        assertThat(namespace("orders-dev")).isFalse();
        assertThat(namespace("orders-prod")).isFalse();
        assertThat(namespace("payments-dev")).isTrue();
        assertThat(jobs())
                .containsExactlyInAnyOrder(
                        "tenant_payments.groovy", "tenant_payments/api.groovy", "tenant_payments/sync.groovy");
        assertThat(Git.in(folder.resolve("orders.git")).run("branch", "--list")).contains("dev", "prod");
        String door = cluster.get("networking.k8s.io/v1", "NetworkPolicy", "payments-dev", "allow-from-tenants")
                .orElseThrow()
                .yaml();
        assertThat(door).doesNotContain("imaas.io/tenant: orders");
        assertThat(onboard("--detailed-exitcode").exitCode())
                .as("again: nothing to do")
                .isEqualTo(4);
    }

    @Test
    void oneEnvironmentGoesAloneWithWhatRunsInItAndItsBranchStays() throws IOException {
        Path file = folder.resolve("platform/tenants/orders.yaml");
        String before = Files.readString(file);
        Files.writeString(file, before.replace("{name: dev}", "{name: dev, " + GRACE + "}"));
        assertThat(onboard("--dry-run").out())
                .contains(
                        "note: dev of tenant orders is offboarded from 2999-12-31 on: moved to sales",
                        "note: deletes then: namespace orders-dev")
                .doesNotContain("DELETE ");

        Files.writeString(file, before.replace("{name: dev}", "{name: dev, " + DUE + "}"));
        assertThat(onboard("--dry-run").out())
                .contains("DELETE    Namespace orders-dev", "DELETE    Deployment orders-dev/api")
                .doesNotContain("DELETE    Namespace orders-prod", "DELETE    Jenkins");
        CommandLineRun run = onboard();

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(namespace("orders-dev")).isFalse();
        assertThat(namespace("orders-prod")).isTrue();
        assertThat(jobs()).contains("tenant_orders.groovy", "tenant_orders/api.groovy");
        assertThat(Git.in(folder.resolve("orders.git")).run("branch", "--list")).contains("dev", "prod");
        assertThat(onboard("--detailed-exitcode").exitCode()).isEqualTo(4);
    }

    @Test
    void oneServiceGoesAloneAndTheRestOfItsTenantStays() throws IOException {
        tenant("orders", "", DUE, "");
        CommandLineRun run = onboard();

        assertThat(run.exitCode()).as(run.out() + run.err()).isZero();
        assertThat(cluster.get("apps/v1", "Deployment", "orders-dev", "api")).isEmpty();
        assertThat(cluster.get("apps/v1", "Deployment", "orders-dev", "sync")).isPresent();
        assertThat(namespace("orders-dev")).isTrue();
        assertThat(jobs())
                .contains("tenant_orders.groovy", "tenant_orders/sync.groovy")
                .doesNotContain("tenant_orders/api.groovy");
        assertThat(onboard("--detailed-exitcode").exitCode()).isEqualTo(4);
    }

    @Test
    void aNamespaceThatSomebodyElseMadeStopsItWithEverythingElseInPlace() throws IOException {
        tenant("orders", DUE, "", "");
        cluster.restore(
                new ClusterObject(
                        "v1",
                        "Namespace",
                        "",
                        "orders-dev",
                        new OwnLabels(Map.of("imaas.io/tenant", "orders")),
                        Yaml.map(
                                "apiVersion: v1\nkind: Namespace\nmetadata: {name: orders-dev, labels: {imaas.io/tenant: orders}}\n")));

        for (String[] more : new String[][] {{"--dry-run"}, {}}) {
            CommandLineRun run = onboard(more);
            assertThat(run.exitCode()).as(run.out()).isEqualTo(5);
            assertThat(run.err())
                    .contains(
                            "Namespace/orders-dev", "app.kubernetes.io/managed-by should be 'imaas' and is not there");
        }
        assertThat(namespace("orders-dev")).isTrue();
        assertThat(jobs()).contains("tenant_orders.groovy");
    }

    @Test
    void aWorkloadOfAnotherTenantThatCallsItselfTheServiceStays() throws IOException {
        runs("orders-dev", "api", "payments");
        tenant("orders", "", DUE, "");

        CommandLineRun run = onboard();
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err()).contains("imaas.io/tenant should be 'orders' and is 'payments'");
        assertThat(cluster.get("apps/v1", "Deployment", "orders-dev", "api")).isPresent();
    }

    @Test
    void aTenantWhoseFileIsGoneKeepsWhatItHas() throws IOException {
        tenant("payments", "", "", "");
        Files.delete(folder.resolve("platform/tenants/orders.yaml"));

        CommandLineRun run = onboard();
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).doesNotContain("deleted");
        assertThat(namespace("orders-dev")).isTrue();
        assertThat(jobs()).contains("tenant_orders.groovy", "tenant_orders/api.groovy");
    }

    private void runs(String namespace, String service, String tenant) {
        cluster.apply(List.of(new Manifest(
                "apps/v1",
                "Deployment",
                namespace,
                service,
                "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: " + service + ", labels: {imaas.io/tenant: "
                        + tenant + ", imaas.io/service: " + service + ", imaas.io/environment: dev}}\nspec: {}\n")));
    }

    private boolean namespace(String name) {
        return cluster.get("v1", "Namespace", "", name).isPresent();
    }

    private List<String> jobs() throws IOException {
        Path jobs = folder.resolve("jobs");
        try (Stream<Path> files = Files.walk(jobs)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> jobs.relativize(file).toString())
                    .toList();
        }
    }

    private CommandLineRun onboard(String... more) {
        List<String> arguments = new ArrayList<>(List.of(
                "onboard",
                "--platform",
                folder.resolve("platform").toString(),
                "--cluster-dir",
                folder.resolve("cluster").toString(),
                "--jobs-dir",
                folder.resolve("jobs").toString(),
                "--cache",
                folder.resolve("cache").toString()));
        arguments.addAll(List.of(more));
        return CommandLineRun.of(arguments.toArray(String[]::new));
    }

    private void tenant(String name, String tombstone, String ofApi, String network) throws IOException {
        StringBuilder text = new StringBuilder("tenant: " + name + "\nowners: [\"@acme/leads\"]\n"
                + "contact: leads@example.org\ngitops: file://" + folder.resolve(name + ".git") + "\n"
                + "quota: {cpu: 8, memory: 16Gi, pods: 40}\nenvironments: [{name: dev}, {name: prod}]\n" + tombstone
                + "\n" + network + "\nservices:\n");
        for (String service : List.of("api", "sync")) {
            text.append("  - {name: " + service + ", type: gateway, repository: https://git.example.org/" + name + "-"
                    + service + ".git" + (service.equals("api") && !ofApi.isEmpty() ? ", " + ofApi : "") + "}\n");
        }
        write(folder, "platform/tenants/" + name + ".yaml", text.toString());
    }
}
