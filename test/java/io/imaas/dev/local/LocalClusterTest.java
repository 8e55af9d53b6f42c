package io.imaas.dev.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.port.Clock;
import io.imaas.testing.ManualClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalClusterTest {
    private static final Manifest NAMESPACE = new Manifest(
            "v1",
            "Namespace",
            "",
            "orders-dev",
            "apiVersion: v1\nkind: Namespace\nmetadata: {name: orders-dev, labels: {app: x}}\n");

    private static final OwnLabels OURS = new OwnLabels(Map.of("app", "x"));

    private static final Clock CLOCK = new ManualClock("2026-11-22T10:00:00Z");

    @TempDir
    Path folder;

    private LocalCluster cluster;

    @BeforeEach
    void open() {
        cluster = new LocalCluster(folder, CLOCK);
        cluster.apply(List.of(NAMESPACE));
    }

    @Test
    void applyingTellsWhatChanged() {
        assertThat(apply(config("a", "one"))).isEqualTo(Effect.Kind.CREATED);
        assertThat(apply(config("a", "one"))).isEqualTo(Effect.Kind.UNCHANGED);
        assertThat(apply(config("a", "two"))).isEqualTo(Effect.Kind.UPDATED);
    }

    @Test
    void theOrderOfKeysAndCommentsAreNoChange() {
        apply(config("a", "one"));
        Manifest same = new Manifest(
                "v1",
                "ConfigMap",
                "orders-dev",
                "a",
                "# another comment\ndata: {key: one}\nmetadata: {namespace: orders-dev, name: a, labels: {app: x}}\nkind: ConfigMap\napiVersion: v1\n");
        assertThat(apply(same)).isEqualTo(Effect.Kind.UNCHANGED);
    }

    @Test
    void anotherProcessSeesTheSame() {
        apply(config("a", "one"));
        LocalCluster other = new LocalCluster(folder, CLOCK);
        assertThat(other.get("v1", "ConfigMap", "orders-dev", "a")).isPresent();
        assertThat(other.apply(List.of(config("a", "one"))))
                .containsExactly(Effect.unchanged("ConfigMap", "orders-dev/a"));
    }

    @Test
    void anObjectNeedsItsNamespace() {
        Manifest lost = new Manifest(
                "v1", "ConfigMap", "nowhere", "a", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\n");
        assertThatThrownBy(() -> cluster.apply(List.of(lost)))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.FAILED))
                .hasMessageContaining("namespace nowhere is not there");
    }

    @Test
    void aNamespaceTakesItsObjectsWithIt() {
        apply(config("a", "one"));
        assertThat(cluster.delete("v1", "Namespace", "", "orders-dev", OURS).kind())
                .isEqualTo(Effect.Kind.DELETED);
        cluster.apply(List.of(NAMESPACE));
        assertThat(cluster.get("v1", "ConfigMap", "orders-dev", "a")).isEmpty();
    }

    @Test
    void deletingTwiceIsUnchanged() {
        apply(config("a", "one"));
        assertThat(cluster.delete("v1", "ConfigMap", "orders-dev", "a", OURS).kind())
                .isEqualTo(Effect.Kind.DELETED);
        assertThat(cluster.delete("v1", "ConfigMap", "orders-dev", "a", OURS).kind())
                .isEqualTo(Effect.Kind.UNCHANGED);
    }

    @Test
    void whatDoesNotCarryTheLabelsIsNotDeleted() {
        apply(config("a", "one"));
        OwnLabels others = new OwnLabels(Map.of("app", "y"));

        assertThatThrownBy(() -> cluster.delete("v1", "Namespace", "", "orders-dev", others))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.POLICY))
                .hasMessageContaining("Namespace/orders-dev", "app should be 'y' and is 'x'");
        assertThat(cluster.get("v1", "ConfigMap", "orders-dev", "a")).isPresent();
    }

    @Test
    void listingGoesByLabel() {
        apply(config("a", "one"));
        apply(config("b", "two"));
        assertThat(cluster.list("v1", "ConfigMap", "orders-dev", "app", "x")).hasSize(2);
        assertThat(cluster.list("v1", "ConfigMap", "orders-dev", "app", "y")).isEmpty();
        assertThat(cluster.list("v1", "Secret", "orders-dev", "app", "x")).isEmpty();
    }

    @Test
    void aWorkloadIsReadyAtOnceAndSaysThatNothingRuns() {
        apply(deployment(3, "a"));
        assertThat(status())
                .contains("readyReplicas: 3", "observedGeneration: 1")
                .contains("recorded by the local cluster: no pods run here");
        apply(deployment(3, "b"));
        assertThat(status()).contains("observedGeneration: 2");
    }

    @Test
    void aScriptedFaultBreaksOneImageUntilItIsFixed() {
        String bad = "sha256:" + "b".repeat(64);
        ScriptedFaults faults = new ScriptedFaults(folder);
        faults.script("orders-dev/order-api@" + bad, "faulty CAR");
        apply(deployment(1, "a"));
        assertThat(status()).contains("readyReplicas: 1");
        apply(deployment(1, "b"));
        assertThat(status()).contains("readyReplicas: 0", "a fault scripted for the local cluster: faulty CAR");
        assertThat(new LocalCluster(folder, CLOCK).get("apps/v1", "Deployment", "orders-dev", "order-api"))
                .hasValueSatisfying(m -> assertThat(m.yaml()).contains("faulty CAR"));
        faults.fix("orders-dev/order-api@" + bad);
        assertThat(status()).contains("readyReplicas: 1");
    }

    @Test
    void statusIsWorkedOutAndNeverApplied() {
        Manifest liar = new Manifest(
                "apps/v1",
                "Deployment",
                "orders-dev",
                "order-api",
                deployment(1, "a").yaml() + "status: {readyReplicas: 99}\n");
        apply(liar);
        assertThat(status()).contains("readyReplicas: 1").doesNotContain("readyReplicas: 99");
        assertThat(apply(deployment(1, "a"))).isEqualTo(Effect.Kind.UNCHANGED);
    }

    @Test
    void theJournalHasOneLineForEachChange() throws IOException {
        apply(config("a", "one"));
        apply(config("a", "one"));
        cluster.delete("v1", "ConfigMap", "orders-dev", "a", OURS);
        assertThat(Files.readAllLines(folder.resolve("journal.txt")))
                .containsExactly(
                        "2026-11-22T10:00:00Z CREATED Namespace orders-dev",
                        "2026-11-22T10:00:00Z CREATED ConfigMap orders-dev/a",
                        "2026-11-22T10:00:00Z DELETED ConfigMap orders-dev/a");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", "../../x", "a/b", "", ".hidden", "a\u0000"})
    void noNameLeadsOutOfTheFolder(String name) {
        assertThatThrownBy(() -> cluster.get("v1", "ConfigMap", "orders-dev", name))
                .isInstanceOf(FailureException.class);
        assertThatThrownBy(() -> cluster.list("v1", "ConfigMap", name.isEmpty() ? "-" : name, "a", "b"))
                .isInstanceOf(FailureException.class);
        assertThatThrownBy(() -> cluster.delete("v1", name.isEmpty() ? "-" : name, "orders-dev", "a", OURS))
                .isInstanceOf(FailureException.class);
    }

    @Test
    void aManifestThatHoldsSomethingElseIsADefect() {
        Manifest other = new Manifest(
                "v1", "Secret", "orders-dev", "a", config("a", "one").yaml());
        assertThatThrownBy(() -> cluster.apply(List.of(other)))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.DEFECT));
    }

    @Test
    void readersNeverSeeHalfAnObject() throws Exception {
        apply(config("a", "0"));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            for (int writer = 0; writer < 2; writer++) {
                LocalCluster process = new LocalCluster(folder, CLOCK);
                threads.execute(() -> {
                    for (int i = 0; i < 100; i++) {
                        process.apply(List.of(config("a", "x".repeat(i * 50))));
                    }
                });
            }
            var reads = threads.submit(() -> {
                LocalCluster reader = new LocalCluster(folder, CLOCK);
                for (int i = 0; i < 300; i++) {
                    assertThat(reader.get("v1", "ConfigMap", "orders-dev", "a")).isPresent();
                }
            });
            reads.get(60, TimeUnit.SECONDS);
        } finally {
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
        try (var files = Files.walk(folder)) {
            assertThat(files.filter(f -> f.toString().endsWith(".tmp"))).isEmpty();
        }
    }

    @Test
    void aFolderThatCannotBeUsedIsSaidBeforeTheWork() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThatThrownBy(() -> new LocalCluster(file, CLOCK).check())
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.EXTERNAL));
        cluster.check();
    }

    private Effect.Kind apply(Manifest manifest) {
        return cluster.apply(List.of(manifest)).get(0).kind();
    }

    private String status() {
        return cluster.get("apps/v1", "Deployment", "orders-dev", "order-api")
                .orElseThrow()
                .yaml();
    }

    private static Manifest config(String name, String value) {
        return new Manifest(
                "v1",
                "ConfigMap",
                "orders-dev",
                name,
                "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: " + name + ", labels: {app: x}}\ndata: {key: \""
                        + value + "\"}\n");
    }

    private static Manifest deployment(int replicas, String digit) {
        return new Manifest(
                "apps/v1",
                "Deployment",
                "orders-dev",
                "order-api",
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: order-api}
                spec:
                  replicas: %d
                  template: {spec: {containers: [{name: mi, image: "r.example/o/a@sha256:%s"}]}}
                """
                        .formatted(replicas, digit.repeat(64)));
    }
}
