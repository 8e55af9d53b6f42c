package io.imaas.plan.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.catalog.CatalogReader;
import io.imaas.catalog.Read;
import io.imaas.model.request.Request;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.plan.Plan;
import io.imaas.plan.onboarding.OnboardingPlanner;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.ListApis;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import io.imaas.plan.step.RemoveApplication;
import io.imaas.plan.step.StepGroup;
import io.imaas.plan.step.UnlistApis;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ApiListingTest {
    private static final LocalDate TODAY = LocalDate.of(2026, 12, 31);
    private static final String MANAGER =
            "onboarding: {apiManager: {url: 'https://apim-${environment}.example.org:9443', environments: [test, prod]}}\n";

    private static Read<Catalog> read(String platform, String tenant) {
        return CatalogReader.read(Map.of(
                "platform.yaml",
                "platform: acme\nregistries: [registry.example.org/acme]\n" + platform,
                "tenants/orders.yaml",
                "tenant: orders\nowners: ['@acme/leads']\ncontact: a@example.org\n"
                        + "gitops: https://github.com/acme/orders-gitops.git\nquota: {cpu: '8', memory: 16Gi, pods: 40}\n"
                        + "environments: [{name: dev}, {name: test}, {name: prod}]\nservices:\n"
                        + "  - {name: api, type: gateway, repository: 'https://github.com/acme/api.git'}\n"
                        + "  - {name: sync, type: worker, repository: 'https://github.com/acme/sync.git'}\n"
                        + tenant));
    }

    private static AwaitRollout rollout(String service, String environment) {
        return new AwaitRollout(
                "rollout-" + service + "-" + environment,
                new TenantName("orders"),
                new ServiceName(service),
                new EnvironmentName(environment),
                "promote",
                null,
                Duration.ofMinutes(10));
    }

    private static List<String> ids(Plan plan) {
        return plan.steps().map(PlannedStep::id).toList();
    }

    @Test
    void theApisOfGatewaysAreListedAfterTheRolloutsOfTheirEnvironments() {
        Catalog catalog = read(MANAGER, "").orThrow();
        Tenant orders = catalog.tenants().get(0);
        Plan plan = new Plan(
                "x",
                null,
                List.of(),
                List.of(
                        StepGroup.of(new NotNeeded("first", "First", "")),
                        StepGroup.of(rollout("api", "dev")),
                        new StepGroup("both", List.of(rollout("api", "test"), rollout("sync", "test"))),
                        StepGroup.of(rollout("api", "prod"))),
                List.of());

        Plan listed = new ApiListing(catalog.platform(), orders).after(plan);

        assertThat(ids(listed))
                .containsExactly(
                        "first",
                        "rollout-api-dev",
                        "rollout-api-test",
                        "rollout-sync-test",
                        "apis-rollout-api-test",
                        "rollout-api-prod",
                        "apis-rollout-api-prod");
        ListApis step = (ListApis) listed.steps().toList().get(4);
        assertThat(step.owner()).isEqualTo("acme.orders.test.api.");
        assertThat(step.server()).isEqualTo("http://api.orders-test.svc:8290");
        assertThat(step.manager().urlOf(step.environment())).isEqualTo("https://apim-test.example.org:9443");
        assertThat(step.hardStop()).isFalse();
        Catalog without = read("", "").orThrow();
        assertThat(new ApiListing(without.platform(), orders).after(plan)).isSameAs(plan);
    }

    @Test
    void tombstonesTakeTheEntriesAwayBeforeAnythingElse() {
        String due = "offboarding: {from: 2026-12-31, reason: moved}\n";
        assertThat(unlisted(due)).containsExactly("acme.orders.test.", "acme.orders.prod.");
        Catalog catalog = read(
                        MANAGER,
                        "  - {name: old, type: gateway, repository: 'https://github.com/acme/old.git', " + due.strip()
                                + "}\n")
                .orThrow();
        assertThat(steps(catalog, UnlistApis.class).map(UnlistApis::owner))
                .containsExactly("acme.orders.test.old.", "acme.orders.prod.old.");
        List<String> order = plan(catalog)
                .steps()
                .filter(step -> step instanceof UnlistApis || step instanceof RemoveApplication)
                .map(step -> step.getClass().getSimpleName())
                .distinct()
                .toList();
        assertThat(order).containsExactly("UnlistApis", "RemoveApplication");
        assertThat(plan(catalog).deletions())
                .contains(
                        "entries acme.orders.prod.old.* of the service catalog at https://apim-prod.example.org:9443");
    }

    private static List<String> unlisted(String tenant) {
        return steps(read(MANAGER, tenant).orThrow(), UnlistApis.class)
                .map(UnlistApis::owner)
                .toList();
    }

    private static <T extends PlannedStep> Stream<T> steps(Catalog catalog, Class<T> kind) {
        return plan(catalog).steps().filter(kind::isInstance).map(kind::cast);
    }

    private static Plan plan(Catalog catalog) {
        Tenant orders = catalog.tenants().get(0);
        return new OnboardingPlanner(catalog, TODAY).plan(new Request(orders.name(), null, null, "@ann"), orders);
    }

    @Test
    void anAddressThatIsNoneIsRefusedWithItsPlace() {
        for (String url :
                List.of("http://apim.example.org", "apim", "https://apim.example.org/path", "https://u:p@a")) {
            assertThat(read("onboarding: {apiManager: {url: '" + url + "'}}\n", "")
                            .problems())
                    .as(url)
                    .anySatisfy(problem -> assertThat(problem.toString()).contains("platform.yaml", "https://HOST"));
        }
        assertThat(read("onboarding: {apiManager: {credential: X}}\n", "").problems())
                .anySatisfy(problem -> assertThat(problem.toString()).contains("url"));
    }
}
