package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.plan.gate.Answer.Closed;
import io.imaas.plan.gate.Answer.Open;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IsolationGateTest {
    private final Gate gate = new IsolationGate();

    @Test
    void theChartsOwnPodsKeepToThemselves() {
        assertThat(HostileValues.ask(gate, "config: {tolerations: x}\n")).isInstanceOf(Open.class);
    }

    @Test
    void accountsOfCloudsNodesAndOrdersToOthersAreRefused() {
        Closed closed = (Closed) HostileValues.ask(
                gate,
                """
                serviceAccount: {annotations: {eks.amazonaws.com/role-arn: "arn:aws:iam::1:role/payments"}}
                """,
                """
                tolerations: [{operator: Exists}]
                """,
                """
                nodeSelector: {node-role.kubernetes.io/control-plane: ""}
                """,
                """
                podLabels: {azure.workload.identity/use: "true"}
                """);

        assertThat(closed.reason())
                .contains("ServiceAccount/api metadata.annotations.eks.amazonaws.com/role-arn")
                .contains("spec.template.spec.tolerations")
                .contains("node-role.kubernetes.io/control-plane")
                .contains("azure.workload.identity/use");
        assertThat(closed.whatOpensIt()).contains("policy.manifests.annotations");
    }

    @Test
    void theNodesFilesNetworkAndRightsAreRefused() {
        Closed closed = (Closed) HostileValues.askAbout(
                gate,
                "apps/v1",
                "Deployment",
                "api",
                Map.of(
                        "spec",
                        Map.of(
                                "hostNetwork",
                                true,
                                "volumes",
                                List.of(Map.of("name", "n", "hostPath", Map.of("path", "/"))),
                                "containers",
                                List.of(Map.of(
                                        "securityContext",
                                        Map.of("privileged", true),
                                        "resources",
                                        Map.of(
                                                "requests",
                                                Map.of("ephemeral-storage", "10Gi"),
                                                "limits",
                                                Map.of("ephemeral-storage", "10241Mi")))))));

        assertThat(closed.reason())
                .contains("spec.hostNetwork is 'true'")
                .contains("spec.volumes[0].hostPath")
                .contains("spec.containers[0].securityContext.privileged is 'true'")
                .contains("spec.containers[0].resources.limits.ephemeral-storage is '10241Mi'")
                .doesNotContain("requests");
    }

    @Test
    void anAccountThatIsNotTheReleasesIsRefusedUnderBothOfItsNames() {
        for (String name : List.of("serviceAccountName", "serviceAccount")) {
            Closed closed = (Closed) HostileValues.askAbout(
                    gate,
                    "apps/v1",
                    "Deployment",
                    "api",
                    Map.of("spec", Map.of("template", Map.of("spec", Map.of(name, "imaas-deployer")))));

            assertThat(closed.reason()).contains("spec.template.spec." + name).contains("it is another account");
        }
    }
}
