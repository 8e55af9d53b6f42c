package io.imaas.plan.onboarding;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.catalog.CatalogReader;
import io.imaas.model.request.Request;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.plan.Plan;
import io.imaas.plan.step.AwaitRemoval;
import io.imaas.plan.step.EnsureJobs;
import io.imaas.plan.step.EnsureManifests;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.RemoveApplication;
import io.imaas.plan.step.RemoveJobs;
import io.imaas.plan.step.RemoveProject;
import io.imaas.plan.step.RemoveSpace;
import io.imaas.plan.step.StepGroup;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class OffboardingPlannerTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 12, 31);
    private static final String DUE = "offboarding: {from: 2026-12-31, reason: moved to sales}";
    private static final String GRACE = "offboarding: {from: 2027-01-01, reason: moved to sales}";

    @Test
    void whatActsGoesBeforeWhatItActsOnAndIsWaitedFor() {
        Plan plan = plan(catalog(tenant("orders", DUE, "", "")), "orders");

        assertThat(plan.title()).isEqualTo("Offboard orders");
        assertThat(plan.groups().stream()
                        .map(group -> group.steps().stream()
                                .map(step -> step.getClass().getSimpleName())
                                .distinct()
                                .collect(Collectors.joining()))
                        .toList())
                .containsExactly(
                        "CheckOffboarding",
                        "RemoveApplication",
                        "AwaitRemoval",
                        "RemoveSpace",
                        "AwaitRemoval",
                        "RemoveProject",
                        "RemoveJobs");
        assertThat(plan.deletions())
                .containsExactly(
                        "application orders-dev-api0 and the workloads it runs",
                        "application orders-prod-api0 and the workloads it runs",
                        "application orders-dev-api1 and the workloads it runs",
                        "application orders-prod-api1 and the workloads it runs",
                        "namespace orders-dev with everything in it, what people put there included",
                        "namespace orders-prod with everything in it, what people put there included",
                        "Argo CD project orders-dev",
                        "Argo CD project orders-prod",
                        "Jenkins folder orders with its jobs, their builds and its credentials");
        assertThat(plan.notes())
                .anyMatch(note -> note.contains("moved to sales"))
                .anyMatch(note -> note.contains("what stays: https://github.com/acme/orders-gitops.git"));
    }

    @Test
    void aServiceGoesAloneAndItsTenantKeepsWhatItNeeds() {
        Plan plan = plan(catalog(tenant("orders", "", "", DUE)), "orders");

        assertThat(plan.title()).isEqualTo("Onboard orders");
        assertThat(plan.deletions())
                .containsExactly(
                        "application orders-dev-api1 and the workloads it runs",
                        "application orders-prod-api1 and the workloads it runs",
                        "Jenkins job orders/api1 with its builds");
        assertThat(plan.steps().filter(EnsureJobs.class::isInstance).map(step -> ((EnsureJobs) step).services()))
                .containsExactly(List.of(new ServiceName("api0")));
    }

    @Test
    void inGraceEverythingIsMadeAsBeforeAndWhatWillGoIsTold() {
        Plan plan = plan(catalog(tenant("orders", GRACE, "", "")), "orders");

        assertThat(plan.deletions()).isEmpty();
        assertThat(plan.steps()).anyMatch(EnsureManifests.class::isInstance).anyMatch(EnsureJobs.class::isInstance);
        assertThat(plan.notes())
                .contains(
                        "tenant orders is offboarded from 2027-01-01 on: moved to sales",
                        "deletes then: namespace orders-prod with everything in it, what people put there included");
    }

    @Test
    void neighboursShutTheirDoorsToWhoIsGoneAndDeleteNothing() {
        Catalog before =
                catalog(tenant("orders", GRACE, "", ""), tenant("payments", "network: {allowFrom: [orders]}", "", ""));
        Catalog after =
                catalog(tenant("orders", DUE, "", ""), tenant("payments", "network: {allowFrom: [orders]}", "", ""));

        assertThat(policy(before, "payments", "allow-from-tenants")).contains("imaas.io/tenant=orders");
        assertThat(policy(after, "payments", "allow-from-tenants"))
                .doesNotContain("orders")
                .contains("policyTypes=[Ingress], ingress=[]");
        assertThat(plan(after, "payments").deletions()).isEmpty();
    }

    /** The one rule that must never break: no tombstone that is due, nothing deleted. */
    @Property(tries = 300)
    void withoutATombstoneThatIsDueNoPlanDeletesAnything(@ForAll long seed) {
        RandomGenerator random = new java.util.Random(seed);
        List<String> names = List.of("orders", "payments", "stock").subList(0, 1 + random.nextInt(3));
        Map<String, String> files = new LinkedHashMap<>();
        names.forEach(name -> files.put(name, tenant(name, tombstone(random), tombstone(random), tombstone(random))));
        Catalog catalog = catalog(files.values().toArray(String[]::new));
        for (Tenant tenant : catalog.tenants()) {
            Plan plan = plan(catalog, tenant.name().value());
            plan.steps().filter(step -> !step.deletions().isEmpty()).forEach(step -> {
                assertThat(dueOwner(step, tenant)).as(step + " of " + tenant).isTrue();
            });
            boolean due = tenant.offboarding().isDue(TODAY);
            assertThat(plan.steps().anyMatch(RemoveSpace.class::isInstance)).isEqualTo(due);
            assertThat(plan.steps().anyMatch(EnsureManifests.class::isInstance)).isEqualTo(!due);
        }
    }

    private static boolean dueOwner(PlannedStep step, Tenant tenant) {
        if (step instanceof RemoveApplication one) {
            return one.tenant().equals(tenant.name()) && due(tenant, tenant.requiredService(one.service()));
        }
        if (step instanceof RemoveJobs one && one.service() != null) {
            return one.tenant().equals(tenant.name()) && due(tenant, tenant.requiredService(one.service()));
        }
        TenantName whole = step instanceof RemoveSpace space
                ? space.tenant()
                : step instanceof RemoveProject project ? project.tenant() : ((RemoveJobs) step).tenant();
        return whole.equals(tenant.name()) && tenant.offboarding().isDue(TODAY);
    }

    private static boolean due(Tenant tenant, Service service) {
        return tenant.offboardingOf(service).isDue(TODAY);
    }

    private static String tombstone(RandomGenerator random) {
        return random.nextBoolean()
                ? ""
                : "offboarding: {from: " + TODAY.plusDays(random.nextInt(7) - 3) + ", reason: sold}";
    }

    private static String policy(Catalog catalog, String tenant, String name) {
        return plan(catalog, tenant)
                .steps()
                .filter(EnsureManifests.class::isInstance)
                .flatMap(step -> ((EnsureManifests) step).manifests().stream())
                .filter(manifest -> manifest.name().equals(name))
                .findFirst()
                .orElseThrow()
                .fields()
                .toString();
    }

    private static Plan plan(Catalog catalog, String name) {
        Tenant tenant = catalog.tenants().stream()
                .filter(one -> one.name().value().equals(name))
                .findFirst()
                .orElseThrow();
        Request request = new Request(tenant.name(), null, null, "@ann");
        Plan plan = new OnboardingPlanner(catalog, TODAY).plan(request, tenant);
        List<String> ids = new ArrayList<>(plan.steps().map(PlannedStep::id).toList());
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(plan.groups().stream().map(StepGroup::steps))
                .noneMatch(steps -> steps.size() > 1 && steps.stream().anyMatch(AwaitRemoval.class::isInstance));
        return plan;
    }

    private static Catalog catalog(String... tenants) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("platform.yaml", "platform: acme\nregistries: [registry.example.org/imaas]\n");
        for (String tenant : tenants) {
            String name = tenant.lines().findFirst().orElseThrow().substring("tenant: ".length());
            files.put("tenants/" + name + ".yaml", tenant);
        }
        return CatalogReader.read(files).orThrow();
    }

    /** With two services, {@code api0} and {@code api1}. */
    private static String tenant(String name, String more, String ofFirst, String ofSecond) {
        StringBuilder text = new StringBuilder("tenant: " + name + "\nowners: [\"@acme/leads\"]\n"
                + "contact: leads@example.org\ngitops: https://github.com/acme/" + name + "-gitops.git\n"
                + "quota: {cpu: 8, memory: 16Gi, pods: 40}\nenvironments: [{name: dev}, {name: prod}]\n" + more
                + "\nservices:\n");
        for (String own : List.of(ofFirst, ofSecond)) {
            int number = text.toString().contains("api0") ? 1 : 0;
            text.append("  - {name: api" + number + ", type: gateway, repository: https://github.com/acme/" + name
                    + "-api" + number + ".git" + (own.isEmpty() ? "" : ", " + own) + "}\n");
        }
        return text.toString();
    }
}
