package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.catalog.CatalogReader;
import io.imaas.catalog.Read;
import io.imaas.model.failure.Problem;
import io.imaas.model.identity.Actor;
import io.imaas.model.tenancy.BrokenTenant;
import io.imaas.model.tenancy.Catalog;
import io.imaas.plan.delivery.Intent;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class OnboardTest {
    private static final Actor ANN = Actor.unverified("@ann");

    private static final Instant NOW = Instant.parse("2026-11-22T10:00:00Z");

    private final Map<String, String> files = new LinkedHashMap<>(tenant("orders"));

    @Test
    void whatWasNotThereBeforeIsOnboarded() {
        Proposal proposal = Onboard.between(Optional.empty(), read(), NOW, ANN);

        assertThat(proposal.sound()).isTrue();
        assertThat(proposal.plans()).singleElement().satisfies(plan -> {
            assertThat(plan.intent()).isEqualTo(Intent.ONBOARD);
            assertThat(plan.tenant().name().value()).isEqualTo("orders");
            assertThat(plan.plan().request().actor()).isEqualTo("@ann");
        });
        assertThat(proposal.comment()).contains("Onboard orders", "GitOps branches dev, test, prod");
    }

    @Test
    void onlyTenantsThatChangeArePlanned() {
        Catalog before = read().orThrow();
        files.putAll(tenant("payments"));

        assertThat(Onboard.between(Optional.of(before), read(), NOW, ANN).plans())
                .extracting(plan -> plan.tenant().name().value())
                .containsExactly("payments");
        assertThat(Onboard.between(Optional.of(read().orThrow()), read(), NOW, ANN)
                        .comment())
                .contains("No tenant changes");
    }

    /** Whose tombstone is due is planned although nobody pushed anything. */
    @Test
    void aMergePlansWhatItReachesAndWhatGoesThatDay() {
        files.putAll(tenant("payments"));
        files.putAll(tenant("stock"));
        Catalog applied = read().orThrow();
        assertThat(since(Optional.empty())).containsExactly("orders", "payments", "stock");
        assertThat(since(Optional.of(applied))).isEmpty();

        files.computeIfPresent("tenants/payments.yaml", (file, text) -> text.replace("leads@", "pay@"));
        assertThat(since(Optional.of(applied))).containsExactly("payments");

        files.compute("tenants/stock.yaml", (file, text) -> text + "offboarding: {from: 2026-11-22, reason: sold}\n");
        assertThat(since(Optional.of(read().orThrow()))).containsExactly("stock");
    }

    /** A tombstone may be gone from the file that nobody can read; what it was read with before deletes nothing. */
    @Test
    void nothingIsDoneForATenantWhoseFilesAreBrokenAndAllThatIsDueWhenTheyAreRight() {
        files.putAll(tenant("stock"));
        files.compute("tenants/stock.yaml", (file, text) -> text + "offboarding: {from: 2026-11-22, reason: sold}\n");
        Catalog applied = read().orThrow();
        files.put("platform.yaml", files.get("platform.yaml").replace("registry.example.org", "other.example.org"));
        Catalog right = read().orThrow();
        String tombstone = files.put("tenants/stock.yaml", "tenant: [\n");
        Catalog now = right.with(
                read().orRest().broken().stream().map(BrokenTenant::asKept).toList());
        assertThat(now.tenants()).hasSize(2);
        assertThat(since(Optional.of(applied), now)).containsExactly("orders");
        assertThat(since(Optional.empty(), now)).containsExactly("orders");

        files.put("tenants/stock.yaml", tombstone.replaceFirst("offboarding.*", ""));
        assertThat(since(Optional.of(now), read().orThrow())).containsExactly("stock");
        files.put("tenants/stock.yaml", tombstone);
        assertThat(since(Optional.of(now), read().orThrow())).containsExactly("stock");
    }

    private static List<String> since(Optional<Catalog> applied, Catalog now) {
        return Onboard.since(applied, now, NOW, ANN).stream()
                .map(plan -> plan.tenant().name().value())
                .toList();
    }

    private List<String> since(Optional<Catalog> applied) {
        return since(applied, read().orThrow());
    }

    @Test
    void aChangeOfThePlatformReachesEveryTenant() {
        Catalog before = read().orThrow();
        files.put("platform.yaml", files.get("platform.yaml").replace("registry.example.org", "other.example.org"));

        assertThat(Onboard.between(Optional.of(before), read(), NOW, ANN).plans())
                .hasSize(1);
    }

    /** What holds for every tenant and stands beside the platform's own fields. */
    @Test
    void whoMakesRepositoriesReachesEveryTenant() {
        Catalog before = read().orThrow();
        files.compute("platform.yaml", (file, text) -> text + "gitopsRepositories: {managed: false}\n");

        assertThat(Onboard.between(Optional.of(before), read(), NOW, ANN).plans())
                .hasSize(1);
    }

    @Test
    void aKeyThatIsTakenOffTheListIsTold() {
        Catalog before = read().orThrow();
        files.compute("platform.yaml", (file, text) -> text.replaceFirst("(?m)^orchestrators: .*\n", ""));

        assertThat(Onboard.between(Optional.of(before), read(), NOW, ANN).problems())
                .extracting(Problem::what)
                .containsExactly(
                        "the key 'orchestrator' is taken off 'orchestrators': no record, approval or commit that it"
                                + " signed counts any more");
    }

    @Test
    void aTenantThatGoesIsToldAndNothingOfItIsPlanned() {
        files.putAll(tenant("payments"));
        Catalog before = read().orThrow();
        files.remove("tenants/payments.yaml");
        Proposal proposal = Onboard.between(Optional.of(before), read(), NOW, ANN);

        assertThat(proposal.plans()).isEmpty();
        assertThat(proposal.problems())
                .extracting(problem -> problem.rule() + " " + problem.where())
                .containsExactly("vanished tenants/payments.yaml");
        assertThat(proposal.sound()).isTrue();
        assertThat(proposal.comment()).contains("tenant payments is removed from the files without");
    }

    @Test
    void aTombstoneInAPullRequestTellsLoudlyWhatWillGoAndWhen() {
        Catalog before = read().orThrow();
        files.compute("tenants/orders.yaml", (file, text) -> text + "offboarding: {from: 2026-12-31, reason: sold}\n");
        assertThat(Onboard.between(Optional.of(before), read(), NOW, ANN).comment())
                .contains(
                        "> [!CAUTION]",
                        "tenant orders is offboarded from 2026-12-31 on: sold. DELETES from that day on",
                        "> - namespace orders-prod with everything in it",
                        "> - Jenkins folder orders");

        files.compute("tenants/orders.yaml", (file, text) -> text.replace("2026-12-31", "2026-11-22"));
        Proposal due = Onboard.between(Optional.of(before), read(), NOW, ANN);
        assertThat(due.comment())
                .contains("DELETES as soon as it is merged (Offboard orders)", "> - namespace orders-dev");
        assertThat(due.plans())
                .singleElement()
                .satisfies(plan -> assertThat(plan.plan().title()).isEqualTo("Offboard orders"));
    }

    @Test
    void theDayIsThePlatformsOwn() {
        files.compute("tenants/orders.yaml", (file, text) -> text + "offboarding: {from: 2026-11-23, reason: sold}\n");
        Instant lateInLondon = Instant.parse("2026-11-22T23:30:00Z");
        assertThat(Onboard.between(Optional.empty(), read(), lateInLondon, ANN)
                        .plans()
                        .get(0)
                        .plan()
                        .deletions())
                .isEmpty();

        files.compute("platform.yaml", (file, text) -> text + "timezone: Europe/Berlin\n");
        assertThat(Onboard.between(Optional.empty(), read(), lateInLondon, ANN)
                        .plans()
                        .get(0)
                        .plan()
                        .deletions())
                .isNotEmpty();
    }

    @Test
    void aServiceThatIsForgottenStaysAndItsPeopleAreToldHowItWouldGo() {
        Catalog before = read().orThrow();
        files.compute("tenants/orders.yaml", (file, text) -> text.replaceAll("(?m)^  - .*\\n", "")
                .replace("services:\n", ""));
        Proposal proposal = Onboard.between(Optional.of(before), read(), NOW, ANN);

        assertThat(proposal.comment())
                .contains("service orders-api of tenant orders is removed from the files without");
        assertThat(proposal.plans())
                .allSatisfy(plan -> assertThat(plan.plan().deletions()).isEmpty());
    }

    @Test
    void anEnvironmentAndAPartOfAPathThatAreForgottenAreToldAndWhatWasOffboardedIsNot() {
        Catalog before = read().orThrow();
        files.compute("tenants/orders.yaml", (file, text) -> text.replace(", {name: test}", "")
                .replace("type: gateway,", "type: gateway, environments: [dev],"));
        assertThat(Onboard.between(Optional.of(before), read(), NOW, ANN).problems())
                .extracting(problem -> problem.what().replaceFirst(" is removed.*", ""))
                .containsExactly("environment test of tenant orders", "service orders-api of tenant orders in prod");

        files.compute("tenants/orders.yaml", (file, text) -> text + "offboarding: {from: 2026-11-22, reason: sold}\n");
        Catalog offboarded = read().orThrow();
        files.putAll(tenant("payments"));
        files.remove("tenants/orders.yaml");
        assertThat(Onboard.between(Optional.of(offboarded), read(), NOW, ANN).problems())
                .isEmpty();
    }

    @Test
    void brokenFilesPlanNothingAndAreToldByTheirLines() {
        files.put("tenants/orders.yaml", files.get("tenants/orders.yaml") + "replicass: <img src=x> @acme/all\n");
        Proposal proposal = Onboard.between(Optional.empty(), read(), NOW, ANN);

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
