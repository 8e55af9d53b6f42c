package io.imaas.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.imaas.adapter.kubernetes.KubernetesCluster;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.kubernetes.OwnLabels;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Against a server that gives rights as it is told to, and knows no kinds beyond its own. */
class ClusterCheckTest {
    private static final Set<String> NAMESPACES = Set.of("orders-dev", "orders-prod");

    private final KubernetesMockServer server = new KubernetesMockServer(false);
    private KubernetesCluster cluster;

    @BeforeEach
    void start() {
        server.init();
        server.expect()
                .get()
                .withPath("/version")
                .andReturn(200, Map.of("gitVersion", "v1.34.4", "major", "1", "minor", "34"))
                .always();
        cluster = new KubernetesCluster(server.createClient());
    }

    @AfterEach
    void stop() {
        cluster.close();
        server.destroy();
    }

    /** @param allowed what is asked for, as JSON */
    private void rights(Predicate<String> allowed) {
        server.expect()
                .post()
                .withPath("/apis/authorization.k8s.io/v1/selfsubjectaccessreviews")
                .andReply(
                        201,
                        request -> Map.of(
                                "apiVersion",
                                "authorization.k8s.io/v1",
                                "kind",
                                "SelfSubjectAccessReview",
                                "status",
                                Map.of("allowed", allowed.test(request.getBody().readString(StandardCharsets.UTF_8)))))
                .always();
    }

    @Test
    void rightsInTheNamespacesOfTheTenantsAreEnough() {
        rights(asked -> asked.contains("\"namespace\":\"orders-dev\"")
                || (asked.contains("\"namespace\":\"orders-prod\"") && !asked.contains("\"deployments\""))
                || asked.contains("\"namespace\":\"default\""));
        assertThat(cluster.missingRights("imaas-rollouts", NAMESPACES))
                .containsExactly("get/list/watch/create/patch/delete deployments in orders-prod");
        assertThat(cluster.missingRights("imaas-onboarding", NAMESPACES))
                .as("what no namespace can give")
                .containsExactlyInAnyOrder(
                        "list/create namespaces",
                        "bind clusterroles view",
                        "bind clusterroles imaas-exec",
                        "bind clusterroles imaas-rollouts");
        assertThat(cluster.missingRights("imaas-offboarding", NAMESPACES)).isEmpty();
    }

    @Test
    void whoeverLooksIsToldThatNothingProtectsTheSpaces() {
        rights(asked -> true);
        String well = " and lets us onboard and offboard tenants";
        String binding = "/apis/admissionregistration.k8s.io/v1/validatingadmissionpolicybindings/imaas-space";
        ClusterCheck check = new ClusterCheck("", false, List.of(), Set.of());

        server.expect().get().withPath(binding).andReturn(404, null).once();
        assertThat(check.check(cluster).toString())
                .contains("has no policy that protects what onboarding makes", "space.yaml");

        server.expect()
                .get()
                .withPath(binding)
                .andReturn(403, Map.of("kind", "Status", "code", 403, "message", "no"))
                .once();
        assertThat(check.check(cluster).toString()).as("not known").contains(well);

        server.expect()
                .get()
                .withPath(binding)
                .andReturn(
                        200,
                        Map.of(
                                "apiVersion",
                                "admissionregistration.k8s.io/v1",
                                "kind",
                                "ValidatingAdmissionPolicyBinding",
                                "metadata",
                                Map.of("name", "imaas-space")))
                .once();
        assertThat(check.check(cluster).toString()).contains(well);
    }

    @Test
    void whatIsUnknownAndWhatIsNotAllowedAreToldTogether() {
        rights(asked -> !asked.contains("\"delete\"") && !asked.contains("\"limitranges\""));
        ClusterObject unknown = new ClusterObject(
                "example.org/v1",
                "Strange",
                "orders-dev",
                "a",
                new OwnLabels(Map.of("imaas.io/tenant", "orders")),
                Map.of("spec", Map.of()));
        CheckResult result = new ClusterCheck("", false, List.of(unknown), Set.of()).check(cluster);
        assertThat(result.toString())
                .contains("does not let us", "get/list/create/patch limitranges")
                .contains("does not know Strange (example.org/v1)")
                .contains("delete namespaces, which offboarding needs")
                .contains("imaas-offboarding");
    }
}
