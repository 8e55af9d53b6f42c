package io.imaas.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.catalog.CatalogReader;
import io.imaas.catalog.Read;
import io.imaas.model.Catalog;
import io.imaas.plan.source.Intent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OnboardingPlansTest {
    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Map<String, String> files = new LinkedHashMap<>(tenant("orders"));

    @Test
    void whatWasNotThereBeforeIsOnboarded() {
        Proposal proposal = OnboardingPlans.between(Optional.empty(), read(), NOW, "@ann");

        assertThat(proposal.sound()).isTrue();
        assertThat(proposal.plans()).singleElement().satisfies(plan -> {
            assertThat(plan.intent()).isEqualTo(Intent.ONBOARD);
            assertThat(plan.tenant().name().value()).isEqualTo("orders");
            assertThat(plan.plan().request().actor()).isEqualTo("@ann");
        });
        assertThat(proposal.comment()).contains("Onboard orders", "GitOps branch dev");
    }

    @Test
    void onlyTenantsThatChangeArePlanned() {
        Catalog before = read().orThrow();
        files.putAll(tenant("payments"));

        assertThat(OnboardingPlans.between(Optional.of(before), read(), NOW, "@ann")
                        .plans())
                .extracting(plan -> plan.tenant().name().value())
                .containsExactly("payments");
        assertThat(OnboardingPlans.between(Optional.of(read().orThrow()), read(), NOW, "@ann")
                        .comment())
                .contains("No tenant changes");
    }

    @Test
    void aChangeOfThePlatformReachesEveryTenant() {
        Catalog before = read().orThrow();
        files.put("platform.yaml", files.get("platform.yaml").replace("registry.example.org", "other.example.org"));

        assertThat(OnboardingPlans.between(Optional.of(before), read(), NOW, "@ann")
                        .plans())
                .hasSize(1);
    }

    @Test
    void aTenantThatGoesIsToldAndNothingOfItIsPlanned() {
        files.putAll(tenant("payments"));
        Catalog before = read().orThrow();
        files.remove("tenants/payments.yaml");
        Proposal proposal = OnboardingPlans.between(Optional.of(before), read(), NOW, "@ann");

        assertThat(proposal.plans()).isEmpty();
        assertThat(proposal.gone()).extracting("value").containsExactly("payments");
        assertThat(proposal.comment()).contains("payments is removed");
    }

    @Test
    void brokenFilesPlanNothingAndAreToldByTheirLines() {
        files.put("tenants/orders.yaml", files.get("tenants/orders.yaml") + "replicass: <img src=x> @acme/all\n");
        Proposal proposal = OnboardingPlans.between(Optional.empty(), read(), NOW, "@ann");

        assertThat(proposal.sound()).isFalse();
        assertThat(proposal.plans()).isEmpty();
        assertThat(proposal.comment())
                .contains("tenants/orders.yaml:", "Nothing is planned")
                .doesNotContain("<img", "@acme/all");
    }

    private Read<Catalog> read() {
        return CatalogReader.read(files);
    }

    private static Map<String, String> tenant(String name) {
        return Metadata.files(
                "registry.example.org/imaas",
                name,
                "https://github.com/acme/" + name + "-gitops.git",
                Map.of(name + "-api", "repository: https://github.com/acme/" + name + "-api.git"));
    }
}
