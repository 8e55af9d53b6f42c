package io.imaas.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Problem;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.port.Cluster.Applied;
import io.imaas.step.observe.PoliciesInCluster;
import io.imaas.testing.FaultyServer;
import io.imaas.testing.FaultyServer.Fault;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SpaceTest extends SpaceScenarios {
    private ApiServerDouble server;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ApiServerDouble();
        client = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(Config.empty())
                        .withMasterUrl(server.url())
                        // As a kubeconfig's context names one; what all tenants have is looked for everywhere.
                        .withNamespace("of-the-context")
                        .withRequestRetryBackoffLimit(3)
                        .withRequestRetryBackoffInterval(50)
                        .build())
                .build();
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    @Test
    void aServerThatIsDownIsAskedOnceForASpaceThoughListsAreReadAhead() {
        try (KubernetesClient once = new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder(client.getConfiguration())
                        .withRequestRetryBackoffLimit(0)
                        .build())
                .build()) {
            server.busy(100);
            Applied applied = new KubernetesCluster(once).atOnce().ensure(space("acme", "2"));
            assertThat(applied.failures()).extracting(failure -> failure.kind()).containsExactly(FailureKind.EXTERNAL);
            assertThat(server.calls()).hasSize(1);

            server.busy(0);
            assertThat(new KubernetesCluster(once)
                            .atOnce()
                            .ensure(space("acme", "2"))
                            .failures())
                    .isEmpty();
        }
    }

    @Override
    KubernetesClient client() {
        return client;
    }

    @Override
    void needKinds(List<ClusterObject> objects) {
        objects.forEach(object -> server.serve(
                object.apiVersion(),
                objects.stream()
                        .filter(other -> other.apiVersion().equals(object.apiVersion()))
                        .map(ClusterObject::kind)
                        .toArray(String[]::new)));
    }

    @Override
    String tenant() {
        return "orders";
    }

    @Test
    void aRunOverManyTenantsReadsByListsHoweverManyThereAre() {
        KubernetesCluster first = cluster().atOnce();
        for (int i = 0; i < 20; i++) {
            assertThat(first.ensure(spaceOf("tenant" + i)).failures()).isEmpty();
        }
        server.calls();

        KubernetesCluster again = cluster().atOnce();
        for (int i = 0; i < 20; i++) {
            assertThat(changes(again.ensure(spaceOf("tenant" + i)))).isEmpty();
        }
        assertThat(server.calls()).hasSizeLessThan(15).allMatch(call -> call.startsWith("GET"));
    }

    /** Each tenant's plan asks which policies the platform has no longer. */
    @Test
    void policiesAreReadOnceForAllTenantsAndOneThatIsGoneIsGoneForTheNext() {
        String version = "admissionregistration.k8s.io/v1";
        OwnLabels owner = OwnLabels.ofPlatform("acme");
        List<ClusterObject> both = List.of(policy("old", owner), policy("kept", owner));
        assertThat(cluster().ensure(both).failures()).isEmpty();
        assertThat(cluster()
                        .ensure(List.of(policy("other", OwnLabels.ofPlatform("else"))))
                        .failures())
                .isEmpty();
        server.calls();

        KubernetesCluster all = cluster().atOnce();
        PoliciesInCluster policies = new PoliciesInCluster(all);
        for (int i = 0; i < 10; i++) {
            assertThat(policies.unwanted(owner, List.of(both.get(1))))
                    .singleElement()
                    .satisfies(
                            gone -> assertThat(gone.id()).isEqualTo(both.get(0).id()));
            assertThat(changes(all.ensure(List.of(both.get(1))))).isEmpty();
        }
        assertThat(server.calls()).hasSize(2).allMatch(call -> call.startsWith("GET"));
        assertThat(all.ensure(policies.unwanted(owner, List.of(both.get(1)))).failures())
                .isEmpty();
        assertThat(policies.unwanted(owner, List.of(both.get(1)))).isEmpty();
        assertThat(cluster().list(version, "ValidatingAdmissionPolicy", "", OwnLabels.PLATFORM, "acme"))
                .hasSize(1);
    }

    private static ClusterObject policy(String name, OwnLabels owner) {
        String version = "admissionregistration.k8s.io/v1";
        return new ClusterObject(
                version,
                "ValidatingAdmissionPolicy",
                "",
                name,
                owner,
                Map.of(
                        "apiVersion",
                        version,
                        "kind",
                        "ValidatingAdmissionPolicy",
                        "metadata",
                        Map.of("name", name, "labels", owner.labels()),
                        "spec",
                        Map.of("failurePolicy", "Fail")));
    }

    @Test
    void aPartWhoseKindsTheClusterLacksIsToldOnceUntilItIsSwitchedOff() {
        assertThat(cluster().unknownKinds(wholeSpace()))
                .containsExactly("PodMonitor (monitoring.coreos.com/v1)", "PrometheusRule (monitoring.coreos.com/v1)");
        Applied applied = cluster().ensure(wholeSpace());
        assertThat(applied.failures()).isEmpty();
        assertThat(applied.warnings())
                .singleElement()
                .extracting(Problem::sentence)
                .asString()
                .contains("the cluster does not know PodMonitor", "onboarding");
        assertThat(cluster().ensure(space()).warnings()).isEmpty();

        server.serve("monitoring.coreos.com/v1", "PodMonitor", "PrometheusRule");
        assertThat(changes(cluster().ensure(wholeSpace())))
                .contains("CREATED PodMonitor/orders-dev/services", "CREATED PrometheusRule/orders-dev/services");
    }

    @Test
    void aServerThatIsBusyIsAskedAgainAndNothingIsForgotten() {
        server.busy(2);
        Applied applied = cluster().ensure(space());
        assertThat(applied.failures()).isEmpty();
        assertThat(changes(applied)).hasSizeGreaterThan(10);
    }

    /** Whoever gives us no rights for a part that is switched off does not hear of them. */
    @Test
    void whoMayNotLookForWhatIsToGoHasNoneOfItAndIsAskedOnce() throws IOException {
        cluster().ensure(space());
        List<String> refusals = Collections.synchronizedList(new ArrayList<>());
        try (FaultyServer strict = new FaultyServer(
                        URI.create(server.url()), HttpClient.newHttpClient(), call -> refused(call, refusals));
                KubernetesClient account = new KubernetesClientBuilder()
                        .withConfig(new ConfigBuilder(client.getConfiguration())
                                .withMasterUrl(strict.address().toString())
                                .build())
                        .build()) {
            KubernetesCluster cluster = new KubernetesCluster(account).atOnce();
            for (int run = 0; run < 3; run++) {
                assertThat(cluster.ensure(space()).failures())
                        .extracting(Failure::kind)
                        .containsExactly(FailureKind.POLICY);
                assertThat(cluster.ensure(bareSpace()).failures()).isEmpty();
            }
            assertThat(refusals).hasSize(1);
        }
    }

    private static Fault refused(String call, List<String> refusals) {
        if (!call.endsWith("/configmaps")) {
            return Fault.NONE;
        }
        refusals.add(call);
        return Fault.FORBIDDEN;
    }

    @Test
    void whatWasMadeBeforeTheServerWentAwayIsTold() {
        KubernetesCluster cluster = cluster();
        List<ClusterObject> space = new ArrayList<>(space());
        ClusterObject quota = space.get(1);
        space.set(
                1,
                new ClusterObject(
                        "v1",
                        "Nonsense",
                        quota.namespace(),
                        quota.name(),
                        quota.owner(),
                        Map.of("apiVersion", "v1", "kind", "Nonsense", "metadata", Map.of("name", "x"))));

        Applied applied = cluster.ensure(space);
        assertThat(applied.failures()).singleElement().satisfies(failure -> assertThat(failure.sentence())
                .contains("Nonsense/orders-dev/tenant"));
        assertThat(changes(applied)).contains("CREATED Namespace/orders-dev", "CREATED LimitRange/orders-dev/tenant");
    }

    @Test
    void aQuotaThatIsLowerThanWhatRunsIsToldBeforeItIsSet() {
        cluster().ensure(space());
        edit(
                "v1",
                "ResourceQuota",
                "tenant",
                "{\"spec\":{\"hard\":{\"pods\":\"400\"}},\"status\":{\"used\":{\"pods\":\"9\",\"requests.cpu\":\"100m\"}}}");

        for (Applied applied :
                List.of(cluster().previewing().ensure(space()), cluster().ensure(space()))) {
            assertThat(applied.failures()).isEmpty();
            assertThat(applied.warnings()).extracting(Problem::rule).containsExactly("quota-below-use");
            assertThat(applied.warnings().get(0).what()).endsWith("nothing new starts: pods 4, and 9 are used");
        }
    }
}
