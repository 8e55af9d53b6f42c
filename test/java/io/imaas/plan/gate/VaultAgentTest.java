package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.helm.HelmRenderer;
import io.imaas.catalog.CatalogReader;
import io.imaas.catalog.Read;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.VaultAgent;
import io.imaas.plan.gate.Answer.Closed;
import io.imaas.plan.gate.Answer.Open;
import io.imaas.port.ChartStore.StoredChart;
import io.imaas.step.chart.Charts;
import io.imaas.step.chart.TenantCharts;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Secrets by Vault's agent: what the tenant's reviewed list says is allowed, and nothing else. */
class VaultAgentTest {
    private static final String AGENT =
            "vaultAgent: {address: 'https://vault.vault:8200', role: 'imaas-${tenant}-${environment}'}";
    private static final String SECRETS =
            "secrets: [{name: DB_PASSWORD, key: database, property: 'pass\"word'}, {name: KEY, key: mail/key}]";

    private final Gate gate = new IsolationGate();

    private static Read<Catalog> read(String secrets, String policy, String service) {
        return CatalogReader.read(Map.of(
                "platform.yaml",
                "platform: acme\nregistries: [registry.example.org/acme]\nonboarding: {secrets: {" + secrets + "}}\n"
                        + policy,
                "tenants/orders.yaml",
                "tenant: orders\nowners: ['@acme/leads']\ncontact: a@example.org\n"
                        + "gitops: https://github.com/acme/orders-gitops.git\nquota: {cpu: '8', memory: 16Gi, pods: 40}\n"
                        + "environments: [{name: dev}, {name: test}]\nservices:\n"
                        + "  - {name: api, type: gateway, repository: 'https://github.com/acme/api.git'" + service
                        + "}\n"));
    }

    private static Map<String, String> annotations(Catalog catalog) {
        Tenant orders = catalog.tenants().get(0);
        return catalog.platform()
                .onboarding()
                .secrets()
                .annotations(
                        orders.name(),
                        new EnvironmentName("test"),
                        orders.services().get(0));
    }

    @Test
    void theReviewedListBecomesTheAnnotationsOfThePods() {
        Map<String, String> annotations =
                annotations(read(AGENT, "", ", " + SECRETS).orThrow());

        assertThat(annotations)
                .containsEntry(VaultAgent.PREFIX + "agent-inject", "true")
                .containsEntry(VaultAgent.PREFIX + "role", "imaas-orders-test")
                .containsEntry(VaultAgent.PREFIX + "service", "https://vault.vault:8200")
                .containsEntry(
                        VaultAgent.PREFIX + "agent-inject-secret-file.properties",
                        "secret/data/imaas/orders/test/database");
        assertThat(annotations.get(VaultAgent.PREFIX + "agent-inject-template-file.properties"))
                .isEqualTo(
                        """
                        {{- with secret "secret/data/imaas/orders/test/database" }}
                        DB_PASSWORD={{ index .Data.data "pass\\u0022word" | replaceAll "\\\\" "\\\\\\\\" | replaceAll "\\n" "\\\\n" }}
                        {{- end }}
                        {{- with secret "secret/data/imaas/orders/test/mail/key" }}
                        KEY={{ .Data.data | toJSON | replaceAll "\\\\" "\\\\\\\\" | replaceAll "\\n" "\\\\n" }}
                        {{- end }}"""
                                .stripIndent());
        assertThat(annotations(read(AGENT, "", "").orThrow())).isEmpty();
    }

    @Test
    void whateverRendersTheServicesManifestsAnnotatesItsPods() {
        Catalog catalog = read(AGENT, "", ", " + SECRETS).orThrow();
        Tenant orders = catalog.tenants().get(0);
        TenantCharts charts = new TenantCharts(
                new Charts(new HelmRenderer(), null, null, null),
                orders,
                null,
                catalog.platform().onboarding().secrets(),
                environment -> null);

        String rendered = charts.render(
                        new StoredChart("resources/helm/mi-service", "sha256:x"),
                        orders.services().get(0).name(),
                        new EnvironmentName("test"),
                        List.of(
                                "type: gateway\npodAnnotations: {vault.hashicorp.com/log-level: debug}\n",
                                "image: {repository: registry.example.org/acme/api, digest: \"sha256:" + "a".repeat(64)
                                        + "\"}\nversion: 1.0.0\n"))
                .text();

        assertThat(rendered)
                .contains(
                        "vault.hashicorp.com/role: imaas-orders-test",
                        "ln -sf /vault/secrets/file.properties /writable/conf/file.properties",
                        "vault-token")
                // micro-integrator.sh appends its own after JAVA_OPTS, and Java takes the last.
                .doesNotContain("-Dproperties.file.path");
        assertThat(rendered.split("agent-inject-template-file.properties", -1)).hasSize(2);
    }

    @Test
    void theGateAllowsExactlyTheseAnnotationsAndTheirToken() {
        Catalog catalog = read(AGENT, "", ", " + SECRETS).orThrow();
        Map<String, String> right = annotations(catalog);
        assertThat(HostileValues.askOf(gate, catalog, right)).isInstanceOf(Open.class);
        assertThat(HostileValues.askOf(gate, catalog, Map.of())).isInstanceOf(Open.class);

        for (Map.Entry<String, String> wrong : Map.of(
                        "role", "imaas-payments-test",
                        "agent-inject-secret-file.properties", "secret/data/imaas/payments/test/database",
                        "agent-inject-secret-more", "secret/data/imaas/orders/test/database",
                        "agent-inject-command-file.properties", "sh -c id",
                        "agent-image", "evil.example.org/x")
                .entrySet()) {
            Map<String, String> others = new HashMap<>(right);
            others.put(VaultAgent.PREFIX + wrong.getKey(), wrong.getValue());
            assertThat(HostileValues.askOf(gate, catalog, others))
                    .as(wrong.getKey())
                    .isInstanceOfSatisfying(
                            Closed.class, closed -> assertThat(closed.reason()).contains(wrong.getKey()));
        }
    }

    @Test
    void anAdminsPatternOpensNothingOfTheAgentAndServicesWithoutSecretsGetNoToken() {
        String pattern = "policy: {manifests: {annotations: ['vault.hashicorp.com/*']}}\n";
        Catalog none = read(AGENT, pattern, "").orThrow();

        assertThat(HostileValues.askOf(gate, none, Map.of(VaultAgent.PREFIX + "agent-inject", "true")))
                .isInstanceOfSatisfying(
                        Closed.class, closed -> assertThat(closed.reason()).contains("agent-inject", ".projected"));
        assertThat(HostileValues.askOf(
                        gate, none, Map.of(), "podAnnotations: {vault.hashicorp.com/role: imaas-payments-test}\n"))
                .isInstanceOf(Closed.class);
    }

    @Test
    void aTenantWhosePodsNobodyWouldAnnotateIsRefused() {
        assertThat(read(AGENT, "delivery: helm\n", ", " + SECRETS).problems()).anySatisfy(problem -> {
            assertThat(problem.what()).contains("write no secrets");
            assertThat(problem.where().toString()).startsWith("tenants/orders.yaml:8:5");
        });
        assertThat(read(AGENT, "delivery: helm\n", "").problems()).isEmpty();
    }

    @Test
    void secretsComeFromOnePlace() {
        assertThat(read(AGENT + ", provider: {vault: {server: x}}", "", "").problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains("either provider"));
        assertThat(read("prefix: x", "", "").problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains("either provider"));
        assertThat(read(AGENT + ", icp: 'https://icp.integration:9445'", "", "").problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains("leave icp out"));
        assertThat(read("vaultAgent: {address: 'https://vault.example.org', role: x}", "", "")
                        .problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains("SERVICE.NAMESPACE"));
    }
}
