package io.imaas.dev.demo;

import io.imaas.adapter.git.GitRepositories;
import io.imaas.app.Engine;
import io.imaas.app.PlatformRepository;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.BranchName;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.port.GitRepository;
import io.imaas.report.ReportBuilder;
import io.imaas.report.RunReport;
import io.imaas.run.EventSink;
import io.imaas.run.RetryPolicy;
import io.imaas.run.RunResult;
import io.imaas.run.Runner;
import io.imaas.step.observe.ArrivalObserver;
import io.imaas.step.observe.GitOpsObserver;
import io.imaas.step.observe.PromotionObserver;
import io.imaas.step.observe.ReleaseHistory;
import java.util.List;
import java.util.Optional;

/**
 * Everything that stands for the world in the demo: repositories and a cluster as folders, a registry on loopback.
 *
 * @param registry host and port of the demo's registry
 * @param builder the builder for order-api: {@code maven} shows the project's own build
 */
public record DemoWorld(
        DemoFolder folder,
        GitRepositories repositories,
        Engine engine,
        DemoWorkspaces workspaces,
        EventSink progress,
        String registry,
        String builder) {
    public static final BranchName MAIN = new BranchName("main");

    /** One of the demo's repositories; made when it is not there. */
    public GitRepository git(String name) {
        DemoSources.bare(folder.repository(name), name.endsWith("-gitops") ? new BranchName("dev") : MAIN);
        return repositories.at(folder.url(name));
    }

    /** The examples name a company's servers; the demo has its own. */
    public String rewrite(String text) {
        return text.replaceAll(
                        "https://github\\.com/acme/([a-z-]+)\\.git",
                        folder.url("@@").value().replace("@@", "$1"))
                .replace("registry.acme.example/", registry + "/");
    }

    public Catalog catalog(BranchName branch) {
        return new PlatformRepository(git("platform")).tip(branch);
    }

    public Tenant tenant() {
        return catalog(MAIN).tenant(DemoStory.TENANT).orElseThrow();
    }

    public String builderFor(ServiceName service) {
        return service.value().equals("order-api") ? builder : "auto";
    }

    public List<EnvironmentName> environments(Tenant tenant) {
        return tenant.environments().stream().map(Environment::name).toList();
    }

    public GitOpsState state() {
        Tenant tenant = tenant();
        return observer(tenant).observe(environments(tenant));
    }

    public PromotionObserver promotionObserver(Tenant tenant) {
        GitRepository repository = engine.gitops().apply(tenant);
        return new PromotionObserver(
                observer(tenant),
                new ReleaseHistory(repository, engine.values()),
                new ArrivalObserver(repository, Optional.of(engine.registry()), engine.chart()));
    }

    private GitOpsObserver observer(Tenant tenant) {
        return new GitOpsObserver(engine.gitops().apply(tenant), engine.values(), engine.clock());
    }

    /** Runs a plan that must succeed. */
    public RunReport run(Tenant tenant, Plan plan) {
        ReportBuilder reports = new ReportBuilder();
        RunResult result = execute(tenant, plan, reports);
        if (result.status() == RunResult.Status.FAILED) {
            throw new FailureException(result.failures().get(0));
        }
        return reports.reports().get(0);
    }

    /** Runs a plan that a gate must refuse. */
    public RunReport runRefused(Tenant tenant, Plan plan) {
        ReportBuilder reports = new ReportBuilder();
        RunResult result = execute(tenant, plan, reports);
        boolean refused = result.status() == RunResult.Status.FAILED
                && result.failures().stream().map(Failure::kind).allMatch(FailureKind.POLICY::equals);
        if (!refused) {
            throw FailureException.defect("no gate refused '" + plan.title() + "'", null);
        }
        return reports.reports().get(0);
    }

    private RunResult execute(Tenant tenant, Plan plan, ReportBuilder reports) {
        EventSink both = event -> {
            progress.accept(event);
            reports.accept(event);
        };
        return new Runner(engine.runners(catalog(MAIN).platform(), tenant), engine.clock(), both, RetryPolicy.DEFAULT)
                .run(plan);
    }
}
