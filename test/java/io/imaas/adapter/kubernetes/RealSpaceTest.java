package io.imaas.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.imaas.model.failure.Effect;
import io.imaas.model.identity.Secret;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.testing.RealServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The same on a real API server: {@code IMAAS_REAL_KUBECONFIG} names a kubeconfig with the rights of docs/rights.md. */
@Tag("real")
class RealSpaceTest extends SpaceScenarios {
    private static final String POLICIES = "admissionregistration.k8s.io/v1";

    private final String tenant = "real" + Long.toString(System.nanoTime(), 36);
    private KubernetesClient client;

    @BeforeEach
    void connect() throws IOException {
        String kubeconfig = Files.readString(Path.of(RealServer.variable("IMAAS_REAL_KUBECONFIG")));
        client = new KubernetesClientBuilder()
                .withConfig(ClusterSettings.of(new ClusterAccess.Kubeconfig(new Secret(kubeconfig), "")))
                .build();
    }

    /** The second fence. */
    @Test
    void aPolicyOfThePlatformIsAppliedOnceAndWhatOthersChangeIsTakenBack() {
        Map<String, Object> rule = Map.of(
                "apiGroups", List.of("apps"),
                "apiVersions", List.of("v1"),
                "operations", List.of("CREATE"),
                "resources", List.of("deployments"));
        OwnLabels owner = OwnLabels.ofPlatform(tenant);
        ClusterObject policy = new ClusterObject(
                POLICIES,
                "ValidatingAdmissionPolicy",
                "",
                tenant,
                owner,
                Map.of(
                        "apiVersion",
                        POLICIES,
                        "kind",
                        "ValidatingAdmissionPolicy",
                        "metadata",
                        Map.of("name", tenant, "labels", owner.labels()),
                        "spec",
                        Map.of(
                                "matchConstraints", Map.of("resourceRules", List.of(rule)),
                                "validations", List.of(Map.of("expression", "object.spec.replicas < 5")))));

        assertThat(cluster().ensure(List.of(policy)).failures()).isEmpty();
        assertThat(cluster().ensure(List.of(policy)).effects())
                .allMatch(effect -> effect.kind() == Effect.Kind.UNCHANGED);

        client.genericKubernetesResources(POLICIES, "ValidatingAdmissionPolicy")
                .withName(tenant)
                .patch("{\"spec\":{\"validations\":[{\"expression\":\"true\"}]}}");

        assertThat(cluster().ensure(List.of(policy)).effects().get(0).detail()).startsWith("taken back");
    }

    @AfterEach
    void leaveNothing() {
        if (client != null) {
            client.genericKubernetesResources(POLICIES, "ValidatingAdmissionPolicy")
                    .withName(tenant)
                    .delete();
            client.namespaces().withName(tenant + "-dev").delete();
            client.close();
        }
    }

    @Override
    KubernetesClient client() {
        return client;
    }

    /** They are there when somebody installed External Secrets, Gateway API, Envoy Gateway and the Prometheus operator. */
    @Override
    void needKinds(List<ClusterObject> objects) {
        assumeThat(cluster().unknownKinds(objects)).isEmpty();
    }

    @Override
    String tenant() {
        return tenant;
    }
}
