package io.imaas.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.kubernetes.OwnLabels;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The mock server knows no server-side apply, so the requests are looked at and the answers given one by one. */
class KubernetesClusterTest {
    private static final String PATH = "/api/v1/namespaces/orders-dev/configmaps/a";
    private static final String APPLY = PATH + "?fieldManager=imaas";
    private static final Manifest CONFIG = new Manifest(
            "v1",
            "ConfigMap",
            "orders-dev",
            "a",
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {key: \"yes\"}\n");

    private static KubernetesMockServer server;
    private static KubernetesCluster cluster;

    @BeforeAll
    static void start() {
        server = new KubernetesMockServer(false);
        server.init();
        cluster = cluster(server.url("/"));
    }

    @AfterAll
    static void stop() {
        cluster.close();
        server.destroy();
    }

    @BeforeEach
    void forget() {
        server.clearExpectations();
    }

    private static KubernetesCluster cluster(String url) {
        Config config = new ConfigBuilder(Config.empty())
                .withMasterUrl(url)
                .withRequestRetryBackoffLimit(0)
                .build();
        return new KubernetesCluster(
                new KubernetesClientBuilder().withConfig(config).build());
    }

    @Test
    void aChangeOfALabelledObjectIsHeardUntilTheWatchIsClosed() throws Exception {
        KubernetesMockServer store = new KubernetesMockServer(
                new Context(), new MockWebServer(), new HashMap<>(), new KubernetesCrudDispatcher(), false);
        store.init();
        Semaphore heard = new Semaphore(0);
        try (KubernetesCluster watched = cluster(store.url("/"));
                KubernetesClient client = store.createClient()) {
            ConfigMap ours = new ConfigMapBuilder()
                    .withNewMetadata()
                    .withName("a")
                    .withNamespace("orders-dev")
                    .addToLabels("imaas.io/service", "order-api")
                    .endMetadata()
                    .build();
            AutoCloseable watch =
                    watched.watch("v1", "ConfigMap", "imaas.io/service", (namespace, service) -> heard.release());
            client.resource(ours).create();
            assertThat(heard.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            client.resource(ours)
                    .edit(map ->
                            new ConfigMapBuilder(map).addToData("key", "new").build());
            assertThat(heard.tryAcquire(10, TimeUnit.SECONDS)).isTrue();
            watch.close();
            heard.drainPermits();
            client.resource(ours).delete();
            assertThat(heard.tryAcquire(500, TimeUnit.MILLISECONDS)).isFalse();
        } finally {
            store.destroy();
        }
    }

    @Test
    void anObjectIsAppliedByTheServerUnderOurName() throws InterruptedException {
        server.expect().get().withPath(PATH).andReturn(404, null).once();
        server.expect().patch().withPath(APPLY).andReturn(201, version("1")).once();

        assertThat(cluster.apply(List.of(CONFIG))).containsExactly(Effect.created("ConfigMap", "orders-dev/a", ""));

        RecordedRequest patch = server.getLastRequest();
        assertThat(patch.getHeader("Content-Type")).startsWith("application/apply-patch+yaml");
        assertThat(patch.getPath()).doesNotContain("force=true");
        assertThat(patch.getBody().readUtf8())
                .contains("\"namespace\":\"orders-dev\"", "\"key\":\"yes\"")
                .doesNotContain("managedFields", "resourceVersion");
    }

    @ParameterizedTest
    @CsvSource({"7, UNCHANGED", "8, UPDATED"})
    void theVersionTellsWhetherAnythingChanged(String after, Effect.Kind effect) {
        server.expect().get().withPath(PATH).andReturn(200, version("7")).once();
        server.expect().patch().withPath(APPLY).andReturn(200, version(after)).once();
        assertThat(cluster.apply(List.of(CONFIG))).extracting(Effect::kind).containsExactly(effect);
    }

    /** With our rights a service could open its tenant's network policies. */
    @Test
    void whatOnboardingMadeIsNotChangedByAServicesManifest() throws InterruptedException {
        there(new ConfigMapBuilder()
                .withNewMetadata()
                .withName("a")
                .withNamespace("orders-dev")
                .addToLabels("app.kubernetes.io/managed-by", "imaas")
                .endMetadata()
                .build());

        assertThatThrownBy(() -> cluster.apply(List.of(CONFIG)))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.POLICY))
                .hasMessageContaining("ConfigMap/orders-dev/a")
                .hasMessageContaining("a service's manifest must not change it");
        assertThat(server.getLastRequest().getMethod()).isEqualTo("GET");
    }

    @ParameterizedTest
    @CsvSource({
        "400, INPUT, refuses ConfigMap/orders-dev/a",
        "401, POLICY, does not know our token",
        "403, POLICY, does not let us",
        "404, FAILED, lacks what ConfigMap/orders-dev/a needs",
        "409, CONFLICT, somebody else changed ConfigMap/orders-dev/a",
        "422, INPUT, refuses ConfigMap/orders-dev/a",
        "429, EXTERNAL, asks us to wait",
        "500, EXTERNAL, answered 500",
        "503, EXTERNAL, answered 503"
    })
    void eachAnswerSaysWhoseFaultItIs(int code, FailureKind kind, String words) {
        server.expect().get().withPath(PATH).andReturn(200, version("7")).once();
        server.expect()
                .patch()
                .withPath(APPLY)
                .andReturn(
                        code,
                        new StatusBuilder()
                                .withCode(code)
                                .withMessage("said so")
                                .withNewDetails()
                                .withRetryAfterSeconds(9)
                                .endDetails()
                                .build())
                .once();
        assertThatThrownBy(() -> cluster.apply(List.of(CONFIG))).isInstanceOfSatisfying(FailureException.class, e -> {
            assertThat(e.failure().kind()).isEqualTo(kind);
            assertThat(e.failure().what()).contains(words);
            assertThat(e.failure().where().toString()).startsWith("http");
            if (code == 429) {
                assertThat(e.failure().askedToWait()).contains(Duration.ofSeconds(9));
            }
        });
    }

    @Test
    void aServerThatIsGoneIsExternal() {
        try (KubernetesCluster gone = cluster("http://127.0.0.1:1/")) {
            assertThatThrownBy(() -> gone.get("v1", "ConfigMap", "orders-dev", "a"))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.EXTERNAL));
        }
    }

    @Test
    void whatIsThereIsReadWithoutTheServersBookkeeping() {
        server.expect()
                .get()
                .withPath(PATH)
                .andReturn(
                        200,
                        "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\",\"namespace\":\"orders-dev\",\"managedFields\":[{\"manager\":\"x\"}]},\"data\":{\"key\":\"yes\"}}")
                .once();
        assertThat(cluster.get("v1", "ConfigMap", "orders-dev", "a")).hasValueSatisfying(m -> {
            assertThat(m.id()).isEqualTo("ConfigMap/orders-dev/a");
            assertThat(m.yaml()).contains("key: \"yes\"").doesNotContain("managedFields");
        });
        assertThat(cluster.get("v1", "ConfigMap", "orders-dev", "missing")).isEmpty();
    }

    @Test
    void listingAsksByLabel() {
        server.expect()
                .get()
                .withPath("/api/v1/namespaces/orders-dev/pods?labelSelector=imaas.io%2Fservice%3Dorder-api")
                .andReturn(
                        200,
                        "{\"apiVersion\":\"v1\",\"kind\":\"PodList\",\"items\":[{\"apiVersion\":\"v1\",\"kind\":\"Pod\",\"metadata\":{\"name\":\"p\",\"namespace\":\"orders-dev\"}}]}")
                .once();
        assertThat(cluster.list("v1", "Pod", "orders-dev", "imaas.io/service", "order-api"))
                .extracting(Manifest::name)
                .containsExactly("p");
    }

    @Test
    void onlyTheVeryObjectThatCarriesTheLabelsIsDeleted() throws Exception {
        there("7", "orders");
        deletion(409, "Conflict");
        there("8", "orders");
        deletion(200, "Success");

        assertThat(delete().kind()).isEqualTo(Effect.Kind.DELETED);
        RecordedRequest last = server.getLastRequest();
        assertThat(last.getMethod()).isEqualTo("DELETE");
        assertThat(last.getBody().readUtf8())
                .contains("\"propagationPolicy\":\"Background\"", "\"resourceVersion\":\"8\"");
        assertThat(delete().kind()).as("absent").isEqualTo(Effect.Kind.UNCHANGED);
    }

    @Test
    void whatSomebodyElseMadeIsNotDeletedButToldAsItWasFound() throws Exception {
        there("7", "payments");

        assertThatThrownBy(KubernetesClusterTest::delete)
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.POLICY))
                .hasMessageContaining("ConfigMap/orders-dev/a")
                .hasMessageContaining("imaas.io/tenant should be 'orders' and is 'payments'");
        assertThat(server.getLastRequest().getMethod()).isEqualTo("GET");
    }

    @Test
    void whatIsOnItsWayOutIsLeftToGo() throws Exception {
        there(new ConfigMapBuilder()
                .withNewMetadata()
                .withName("a")
                .withNamespace("orders-dev")
                .withResourceVersion("7")
                .withDeletionTimestamp("2026-11-22T10:00:00Z")
                .addToLabels("imaas.io/tenant", "orders")
                .endMetadata()
                .build());

        assertThat(delete().kind()).isEqualTo(Effect.Kind.UNCHANGED);
        assertThat(server.getLastRequest().getMethod()).isEqualTo("GET");
    }

    @Test
    void aReadThatFailsIsNoAbsence() {
        server.expect()
                .get()
                .withPath(PATH)
                .andReturn(503, new StatusBuilder().withCode(503).build())
                .once();

        assertThatThrownBy(KubernetesClusterTest::delete)
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.EXTERNAL));
    }

    private static Effect delete() {
        return cluster.delete("v1", "ConfigMap", "orders-dev", "a", new OwnLabels(Map.of("imaas.io/tenant", "orders")));
    }

    private static void there(String version, String tenant) {
        there(new ConfigMapBuilder()
                .withNewMetadata()
                .withName("a")
                .withNamespace("orders-dev")
                .withResourceVersion(version)
                .addToLabels("imaas.io/tenant", tenant)
                .endMetadata()
                .build());
    }

    private static void there(ConfigMap found) {
        server.expect().get().withPath(PATH).andReturn(200, found).once();
    }

    private static void deletion(int code, String word) {
        server.expect()
                .delete()
                .withPath(PATH)
                .andReturn(
                        code,
                        new StatusBuilder().withStatus(word).withCode(code).build())
                .once();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void theCheckAsksWhetherWeMayOnboard(boolean allowed) {
        server.expect()
                .post()
                .withPath("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
                .andReturn(
                        201,
                        "{\"apiVersion\":\"authorization.k8s.io/v1\",\"kind\":\"SelfSubjectAccessReview\",\"status\":{\"allowed\":"
                                + allowed + "}}")
                .always();
        if (allowed) {
            cluster.check();
        } else {
            assertThatThrownBy(cluster::check)
                    .hasMessageContaining("does not let us get/list/create/patch namespaces")
                    .hasMessageContaining("bind clusterroles view")
                    .hasMessageContaining("imaas-onboarding");
        }
    }

    /** Two runs whose kubeconfigs name different namespaces keep each other out all the same. */
    @Test
    void theLeaseIsInTheSameNamespaceWhateverTheKubeconfigNames() {
        server.expect()
                .get()
                .withPath("/apis/coordination.k8s.io/v1/namespaces/default/leases/imaas-onboarding")
                .andReturn(
                        403, new StatusBuilder().withCode(403).withMessage("no").build())
                .once();
        Config elsewhere = new ConfigBuilder(Config.empty())
                .withMasterUrl(server.url("/"))
                .withNamespace("elsewhere")
                .build();
        try (KubernetesCluster other = new KubernetesCluster(
                new KubernetesClientBuilder().withConfig(elsewhere).build())) {
            assertThatThrownBy(() -> other.lock("a test").hold(Duration.ofSeconds(1)))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.POLICY))
                    .hasMessageContaining("the cluster does not let us: no");
        }
    }

    private static String version(String version) {
        return "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\",\"namespace\":\"orders-dev\",\"resourceVersion\":\""
                + version + "\"}}";
    }
}
