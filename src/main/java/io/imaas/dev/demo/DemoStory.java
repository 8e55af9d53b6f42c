package io.imaas.dev.demo;

import io.imaas.app.Imaas;
import io.imaas.app.IntendedPlan;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest.OnboardRequest;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.GitRepository;
import io.imaas.report.PlanText;
import io.imaas.report.ProgressSink;
import io.imaas.report.RunReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/** The story itself, chapter by chapter, told through the same planners and steps that production uses. */
public record DemoStory(DemoWorld world, DemoSources sources, ProgressSink progress, Chapters chapters) {
    public static final TenantName TENANT = new TenantName("orders");
    static final ServiceName API = new ServiceName("order-api");
    static final ServiceName REPORT = new ServiceName("order-report");
    private static final EnvironmentName DEV = new EnvironmentName("dev");
    private static final EnvironmentName TEST = new EnvironmentName("test");
    static final EnvironmentName PROD = new EnvironmentName("prod");
    private static final BranchName PROPOSAL = new BranchName("onboard-orders");
    private static final Actor ADMIN = Actor.unverified("@platform-admin");
    /** A tenant that the platform had before. */
    private static final TenantName NEIGHBOUR = new TenantName("payments");

    private static final String TENANT_FILE = "tenants/orders.yaml";

    private static final Pattern VERSION = Pattern.compile("<version>(\\d+)\\.(\\d+)\\.\\d+</version>");

    /** Tells what is not told yet. */
    public void tell() {
        chapters.tell("Repositories out of the examples", this::repositories);
        chapters.tell("A pull request onboards tenant orders", this::onboard);
        Tenant tenant = world.tenant();
        DemoActs acts = new DemoActs(world, progress);
        for (Service service : tenant.services()) {
            chapters.tell("First delivery of " + service.name(), () -> acts.deliver(service));
        }
        List<ServiceName> all = List.of();
        List<ServiceName> api = List.of(API);
        chapters.tell("dev is merged into test", () -> acts.promote(DEV, TEST, all));
        chapters.tell("test is approved and merged into prod", () -> acts.approveAndPromote(TEST, PROD, all));
        chapters.tell("order-api changes", this::changeApi);
        chapters.tell(
                "The new version is delivered",
                () -> acts.deliver(tenant.service(API).orElseThrow()));
        chapters.tell("Somebody hurries: merged to test, and at once to prod", () -> acts.hurry(DEV, TEST, PROD, api));
        chapters.tell("The rollout in test is awaited", () -> acts.promote(DEV, TEST, api));
        chapters.tell("Now prod takes it", () -> acts.approveAndPromote(TEST, PROD, api));
        chapters.tell("Customers report errors: order-api is rolled back in prod", () -> acts.rollBack(API, PROD));
    }

    private List<RunReport> repositories() {
        Map<String, byte[]> platform = new TreeMap<>(sources.files("platform"));
        platform.remove(TENANT_FILE);
        DemoSources.commit(world.git("platform"), DemoWorld.MAIN, platform, "The platform", world::rewrite);
        for (String service : List.of("order-api", "order-sync", "order-report")) {
            DemoSources.commit(
                    world.git(service),
                    DemoWorld.MAIN,
                    sources.files("services/" + service),
                    "First version of " + service,
                    UnaryOperator.identity());
        }
        world.git("orders-gitops");
        world.git("payments-gitops");
        progress.say("  six bare repositories below " + world.folder().below("git"));
        world.onboard(NEIGHBOUR, ADMIN);
        return List.of();
    }

    private List<RunReport> onboard() {
        GitRepository platform = world.git("platform");
        if (platform.head(PROPOSAL).isEmpty()) {
            DemoSources.commit(platform, PROPOSAL, sources.files("platform"), "Onboard tenant orders", world::rewrite);
        }
        Catalog proposed = world.catalog(PROPOSAL);
        Imaas proposal = Imaas.on(world.assembly().ports().build(), proposed);
        IntendedPlan plan = proposal.plan(proposal.tenant(TENANT), new OnboardRequest(), ADMIN);
        progress.say("  what an admin sees in the pull request:");
        PlanText.of(plan.plan()).lines().forEach(line -> progress.say("    " + line));
        CommitId head = platform.head(PROPOSAL).orElseThrow();
        DemoSources.merge(
                platform, DemoWorld.MAIN, head, TENANT_FILE, "Merge pull request: onboard orders", ADMIN.name());
        progress.say("  merged by " + ADMIN + "; the bootstrap applies it:");
        RunReport onboarded = world.onboard(TENANT, ADMIN);
        progress.say("  " + NEIGHBOUR + " may call " + TENANT + " now, and learns of it:");
        world.onboard(NEIGHBOUR, ADMIN);
        return List.of(onboarded);
    }

    private List<RunReport> changeApi() {
        DemoSources.amend(world.git(API.value()), "pom.xml", DemoStory::nextMinor, "The next minor version");
        progress.say("  the next minor version is committed to order-api.git");
        return List.of();
    }

    /** The project's own version is the first one in its pom. */
    private static String nextMinor(String pom) {
        return VERSION.matcher(pom)
                .replaceFirst(match ->
                        "<version>" + match.group(1) + "." + (Integer.parseInt(match.group(2)) + 1) + ".0</version>");
    }
}
