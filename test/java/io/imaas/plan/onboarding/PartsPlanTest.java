package io.imaas.plan.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.catalog.CatalogReader;
import io.imaas.catalog.Read;
import io.imaas.model.failure.Problem;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.step.EnsureGitOps;
import io.imaas.plan.step.EnsurePullSecret;
import io.imaas.plan.step.EnsureRegistrySpace;
import io.imaas.plan.step.PlannedStep;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** From the platform's section {@code onboarding} to what is planned. */
class PartsPlanTest {
    private static final String HARBOR =
            """
            onboarding:
              registry: {kind: harbor, credential: HARBOR, storage: 20Gi, keep: 50}
              pullSecret: {name: imaas-pull, days: 30}
              secrets: {provider: {fake: {data: []}}}
              traces: "http://otel.observability:4317"
            """;

    private static Read<Catalog> read(String registry, String onboarding, String tenant) {
        return CatalogReader.read(Map.of(
                "platform.yaml",
                "platform: acme\nregistries: [" + registry + "]\n"
                        + "defaults: {environments: [dev, prod], replicas: 3, quota: {cpu: 4, memory: 8Gi, pods: 20}}\n"
                        + onboarding,
                "tenants/" + tenant + ".yaml",
                "tenant: " + tenant
                        + "\nowners: [\"@acme/leads\"]\ncontact: a@example.org\n"
                        + "gitops: https://git.example.org/g.git\nservices:\n"
                        + "  - name: api\n    repository: https://git.example.org/a.git\n    type: gateway\n"
                        + "    secrets: [{name: KEY, key: api}]\n"));
    }

    private static Plan plan(Read<Catalog> read) {
        assertThat(read.problems()).isEmpty();
        Catalog catalog = ((Read.Ok<Catalog>) read).value();
        Tenant tenant = catalog.tenants().get(0);
        return new OnboardingPlanner(catalog, LocalDate.of(2026, 11, 28)).plan(null, tenant);
    }

    private static <T> List<T> steps(Plan plan, Class<T> kind) {
        return plan.steps().filter(kind::isInstance).map(kind::cast).toList();
    }

    @Test
    void withHarborEachTenantHasAProjectAndEachNamespaceALoginForIt() {
        Plan plan = plan(read("harbor.example.org/imaas", HARBOR, "orders"));

        assertThat(steps(plan, EnsureRegistrySpace.class)).singleElement().satisfies(step -> {
            assertThat(step.repository()).hasToString("harbor.example.org/imaas-orders");
            assertThat(step.owner()).isEqualTo("acme/orders");
            assertThat(step.isUndone()).isTrue();
        });
        assertThat(steps(plan, EnsurePullSecret.class))
                .extracting(EnsurePullSecret::namespace)
                .containsExactly("orders-dev", "orders-prod");
        List<PlannedStep> all = plan.steps().toList();
        assertThat(all.indexOf(steps(plan, EnsurePullSecret.class).get(0)))
                .as("after the namespaces, before anything that runs")
                .isLessThan(all.indexOf(steps(plan, EnsureGitOps.class).get(0)));
        Plan off = plan(read("harbor.example.org/imaas", HARBOR + "  off: [pull-secret]\n", "orders"));
        assertThat(steps(off, EnsurePullSecret.class)).hasSize(2).noneMatch(step -> step.pulls()
                .isOn());
        assertThat(steps(off, EnsureGitOps.class).get(0).files().get("services/api/values.yaml"))
                .doesNotContain("imagePullSecrets");
        assertThat(steps(plan, EnsureGitOps.class).get(0).files().get("services/api/values.yaml"))
                .contains(
                        "imagePullSecrets: [imaas-pull]",
                        "secretsFrom: [api-secrets]",
                        "tracing: {enabled: true, url: \"http://otel.observability:4317\"}");
    }

    @Test
    void withoutItTheFirstPushMakesTheSpaceAndNothingIsAdded() {
        Plan plan = plan(read("registry.example.org/imaas", "", "orders"));

        assertThat(steps(plan, EnsureRegistrySpace.class)).singleElement().satisfies(step -> {
            assertThat(step.repository()).hasToString("registry.example.org/imaas/orders");
            assertThat(step.isUndone()).isFalse();
        });
        assertThat(steps(plan, EnsurePullSecret.class)).isEmpty();
        assertThat(steps(plan, EnsureGitOps.class).get(0).files().get("services/api/values.yaml"))
                .doesNotContain("imagePullSecrets", "secretsFrom", "tracing");
    }

    /** A secret goes there: not in clear, and to nothing outside the cluster. */
    @Test
    void aControlPlaneIsAServiceOfTheClusterThatSpeaksTls() {
        for (String url : List.of("http://icp.integration:9445", "https://icp.example.org/x", "https://icp:9445")) {
            assertThat(read(
                                    "registry.example.org/imaas",
                                    HARBOR.replace("{fake: {data: []}}", "{fake: {data: []}}, icp: \"" + url + "\""),
                                    "orders")
                            .problems())
                    .as(url)
                    .singleElement()
                    .satisfies(problem -> assertThat(problem.sentence()).contains("https://SERVICE.NAMESPACE:PORT"));
        }
    }

    @Test
    void namesThatHarborWouldRefuseAreToldBefore() {
        assertThat(read("harbor.example.org/acme/imaas", HARBOR, "orders").problems())
                .extracting(Problem::rule)
                .containsExactly("harbor-path");
        assertThat(read("harbor.example.org/imaas", HARBOR, "a--b").problems())
                .extracting(Problem::rule)
                .containsExactly("harbor-name");
    }
}
