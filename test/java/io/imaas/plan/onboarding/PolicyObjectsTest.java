package io.imaas.plan.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.catalog.CatalogReader;
import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.request.Request;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.OnboardingPolicy;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.plan.Plan;
import io.imaas.plan.step.EnsureManifests;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PolicyObjectsTest {
    private static final String POLICIES =
            """
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicy
            metadata: {name: replicas, labels: {team: platform}}
            spec:
              paramKind: {apiVersion: v1, kind: ConfigMap}
              matchConstraints:
                resourceRules: [{apiGroups: [apps], apiVersions: [v1], operations: [CREATE], resources: [deployments]}]
              validations: [{expression: object.spec.replicas < int(params.data.max)}]
            ---
            apiVersion: admissionregistration.k8s.io/v1
            kind: ValidatingAdmissionPolicyBinding
            metadata: {name: replicas}
            spec:
              policyName: replicas
              paramRef: {name: limits, parameterNotFoundAction: Deny}
              validationActions: [Deny]
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: limits, namespace: orders-dev}
            data: {max: "5"}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: limits, namespace: platform-policies}
            data: {max: "6"}
            """;

    private static Catalog catalog(String policies) {
        Map<String, String> files = new TreeMap<>(
                Map.of(
                        "platform.yaml",
                        "platform: acme\nregistries: [registry.example.org/imaas]\n",
                        "tenants/orders.yaml",
                        """
                        tenant: orders
                        owners: ["@acme/leads"]
                        contact: orders@example.org
                        gitops: https://git.example.org/orders.git
                        quota: {cpu: 8, memory: 16Gi, pods: 40}
                        environments: [{name: dev}]
                        services:
                          - {name: order-api, repository: "https://git.example.org/order-api.git", type: gateway}
                        """));
        if (!policies.isEmpty()) {
            files.put("policies/replicas.yaml", policies);
        }
        return CatalogReader.read(files).orThrow();
    }

    @Test
    void policiesAreAppliedWithThePlatformsLabelsAndAfterTheirParameters() {
        List<ClusterObject> objects = new PolicyObjects(catalog(POLICIES)).all();

        assertThat(objects)
                .extracting(ClusterObject::id)
                .containsExactly(
                        "ConfigMap/platform-policies/limits",
                        "ValidatingAdmissionPolicy/replicas",
                        "ValidatingAdmissionPolicyBinding/replicas");
        assertThat(objects.get(1).fields().get("metadata"))
                .isEqualTo(Map.of(
                        "name",
                        "replicas",
                        "labels",
                        Map.of(
                                "team",
                                "platform",
                                "app.kubernetes.io/managed-by",
                                "imaas",
                                "imaas.io/platform",
                                "acme")));
        assertThat(objects.get(1).owner().fieldManager()).isEqualTo("imaas-acme");
    }

    @Test
    void whatTheFilesNoLongerHaveIsADeletionAndWhatIsInForceGoesFirst() {
        Catalog before = catalog(POLICIES);
        Catalog after = catalog("");

        Plan plan = new OnboardingPlanner(after, LocalDate.of(2026, 11, 28), Optional.of(before))
                .plan(
                        new Request(new TenantName("orders"), null, null, "@ann"),
                        after.tenants().get(0));

        assertThat(plan.steps().filter(step -> step.id().equals("policies")).flatMap(step -> ((EnsureManifests) step)
                        .manifests().stream()))
                .allMatch(ClusterObject::isAbsent)
                .extracting(ClusterObject::id)
                .containsExactly(
                        "ValidatingAdmissionPolicyBinding/replicas",
                        "ValidatingAdmissionPolicy/replicas",
                        "ConfigMap/platform-policies/limits");
    }

    @Test
    void parametersOfATenantsNamespaceComeWithThatNamespace() {
        Catalog catalog = catalog(POLICIES);
        Tenant tenant = catalog.tenants().get(0);

        assertThat(new TenantManifests(OnboardingPolicy.USUAL, LocalDate.of(2026, 11, 28))
                        .of(catalog, tenant, tenant.environments().get(0)))
                .anySatisfy(object -> {
                    assertThat(object.id()).isEqualTo("ConfigMap/orders-dev/limits");
                    assertThat(object.fields()).containsEntry("data", Map.of("max", "5"));
                });
    }
}
