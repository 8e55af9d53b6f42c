package io.imaas.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.imaas.model.failure.Problem;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.port.Applied;
import java.io.IOException;
import java.util.ArrayList;
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
