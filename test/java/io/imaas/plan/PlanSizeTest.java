package io.imaas.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.catalog.CatalogReader;
import io.imaas.model.request.Request;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.onboarding.OnboardingPlanner;
import io.imaas.plan.step.EnsureApplication;
import io.imaas.report.Json;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Steps name tenants, services and environments; a plan does not carry the tenant with every step. */
class PlanSizeTest {
    @Test
    void aPlanOfThreeHundredApplicationsIsSmall() {
        StringBuilder tenant = new StringBuilder(
                """
                tenant: orders
                owners: ["@acme/leads"]
                contact: leads@example.org
                gitops: https://git.example.org/orders-gitops.git
                quota: {cpu: 800, memory: 1600Gi, pods: 4000}
                environments: [{name: dev}, {name: test}, {name: uat}]
                services:
                """);
        for (int i = 0; i < 100; i++) {
            tenant.append("  - {name: api")
                    .append(i)
                    .append(", type: gateway, repository: 'https://git.example.org/api")
                    .append(i)
                    .append(".git'}\n");
        }
        Catalog catalog = CatalogReader.read(Map.of(
                        "platform.yaml",
                        "platform: acme\nregistries: [registry.example.org/imaas]\n",
                        "tenants/orders.yaml",
                        tenant.toString()))
                .orThrow();
        Tenant orders = catalog.tenants().get(0);

        Plan plan = new OnboardingPlanner(catalog, LocalDate.of(2026, 11, 20))
                .plan(new Request(orders.name(), null, null, "@ann"), orders);

        assertThat(plan.steps().filter(EnsureApplication.class::isInstance)).hasSize(300);
        assertThat(Json.pretty(plan).getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1_000_000);
    }
}
