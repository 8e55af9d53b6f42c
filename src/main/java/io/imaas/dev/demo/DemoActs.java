package io.imaas.dev.demo;

import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Request;
import io.imaas.model.tenancy.Request.Trigger;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.ServiceSettings;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.delivery.BuildRules;
import io.imaas.plan.delivery.DeliveryPlanner;
import io.imaas.plan.promotion.ApprovalPlanner;
import io.imaas.plan.promotion.PromotionPlanner;
import io.imaas.plan.promotion.PromotionRequest;
import io.imaas.plan.rollback.RollbackPlanner;
import io.imaas.plan.snapshot.PromotionFacts;
import io.imaas.plan.snapshot.SourceState;
import io.imaas.port.GitRepository;
import io.imaas.report.ProgressSink;
import io.imaas.report.RunReport;
import io.imaas.step.observe.ReleaseHistory;
import io.imaas.step.observe.SourceObserver;
import java.time.Duration;
import java.util.List;

/** What the people of the story do: deliver, approve, promote, hurry, roll back. */
public final class DemoActs {
    private static final Duration ROLLOUT = Duration.ofMinutes(2);

    private final DemoWorld world;
    private final ProgressSink progress;

    public DemoActs(DemoWorld world, ProgressSink progress) {
        this.world = world;
        this.progress = progress;
    }

    public List<RunReport> deliver(Service service) {
        Catalog catalog = world.catalog(DemoWorld.MAIN);
        Tenant tenant = catalog.tenant(DemoStory.TENANT).orElseThrow();
        GitRepository repository = world.git(service.name().value());
        BuildRules rules =
                BuildRules.of(catalog.platform(), ServiceSettings.defaults()).builtBy(world.builderFor(service.name()));
        SourceState source = new SourceObserver(repository, world.engine().registry())
                .observe(
                        service,
                        DemoWorld.MAIN,
                        "",
                        catalog.imagesOf(tenant, service),
                        rules.base(),
                        rules.reusesUntested());
        world.workspaces().checkout(service.name(), repository, source.commit());
        Request request = new Request(tenant.name(), service.name(), Trigger.PUSH, null, "@dora");
        DeliveryPlanner planner = new DeliveryPlanner(catalog, rules, ROLLOUT);
        return List.of(world.run(
                tenant,
                planner.plan(
                        request,
                        tenant,
                        service,
                        source,
                        "demo " + source.commit().abbreviated(),
                        world.engine().clock().now())));
    }

    public List<RunReport> promote(EnvironmentName from, EnvironmentName to, List<ServiceName> services) {
        Tenant tenant = world.tenant();
        PromotionRequest wanted = wanted(tenant, from, to, services, "@rita");
        return List.of(world.run(tenant, plan(tenant, wanted)));
    }

    public List<RunReport> approveAndPromote(EnvironmentName from, EnvironmentName to, List<ServiceName> services) {
        Tenant tenant = world.tenant();
        PromotionRequest wanted = wanted(tenant, from, to, services, "@rita");
        PromotionPlanner planner = planner(tenant);
        Plan approval = new ApprovalPlanner(planner, tenant)
                .plan(wanted, facts(tenant, planner, wanted), "@acme/release-managers");
        RunReport approved = world.run(tenant, approval);
        return List.of(approved, promote(from, to, services).get(0));
    }

    /** Merges like a person who waits for nothing, and then tries the next environment at once: a gate refuses. */
    public List<RunReport> hurry(
            EnvironmentName from, EnvironmentName between, EnvironmentName to, List<ServiceName> services) {
        Tenant tenant = world.tenant();
        Plan merge = plan(tenant, wanted(tenant, from, between, services, "@harry"));
        RunReport merged = world.run(tenant, merge.withoutRollouts());
        Plan tooEarly = plan(tenant, wanted(tenant, between, to, services, "@harry"));
        RunReport refused = world.runRefused(tenant, tooEarly);
        progress.say("  refused, as it should be: exit code 5 on the command line");
        return List.of(merged, refused);
    }

    public List<RunReport> rollBack(ServiceName service, EnvironmentName environment) {
        Tenant tenant = world.tenant();
        GitRepository gitops = world.engine().gitops().apply(tenant);
        Request request = new Request(tenant.name(), service, Trigger.MANUAL, environment, "@rita");
        Plan plan = new RollbackPlanner(tenant, ROLLOUT)
                .plan(
                        request,
                        environment,
                        new ReleaseHistory(gitops, world.engine().values()).of(service, environment, 50),
                        "",
                        "customers report errors",
                        world.state());
        return List.of(world.run(tenant, plan));
    }

    private PromotionPlanner planner(Tenant tenant) {
        return new PromotionPlanner(world.catalog(DemoWorld.MAIN).platform(), tenant, ROLLOUT);
    }

    private Plan plan(Tenant tenant, PromotionRequest wanted) {
        PromotionPlanner planner = planner(tenant);
        return planner.plan(wanted, facts(tenant, planner, wanted));
    }

    private PromotionFacts facts(Tenant tenant, PromotionPlanner planner, PromotionRequest wanted) {
        return world.promotionObserver(tenant).observe(planner, tenant, wanted);
    }

    private static PromotionRequest wanted(
            Tenant tenant, EnvironmentName from, EnvironmentName to, List<ServiceName> services, String actor) {
        ServiceName one = services.size() == 1 ? services.get(0) : null;
        Request request = new Request(tenant.name(), one, Trigger.MERGE, to, actor);
        return new PromotionRequest(request, from, to, services, null, "", false, "", List.of());
    }
}
