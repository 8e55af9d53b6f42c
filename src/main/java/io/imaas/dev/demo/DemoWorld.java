package io.imaas.dev.demo;

import io.imaas.app.Imaas;
import io.imaas.app.IntendedPlan;
import io.imaas.app.PlatformRepository;
import io.imaas.app.Ports;
import io.imaas.app.assembly.Assembly;
import io.imaas.dev.world.LaidOutSources;
import io.imaas.dev.world.WorldFolder;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Actor;
import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.OnboardRequest;
import io.imaas.model.source.BranchName;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.GitRepository;
import io.imaas.report.ReportBuilder;
import io.imaas.report.RunReport;
import io.imaas.run.Event.EventSink;
import io.imaas.run.RunResult;
import java.time.Duration;

/**
 * Everything that stands for the world in the demo: repositories and a cluster as folders, a registry on loopback.
 *
 * @param registry host and port of the demo's registry
 * @param builder the builder for order-api: {@code maven} shows the project's own build
 */
public record DemoWorld(
        WorldFolder folder,
        Assembly assembly,
        LaidOutSources workspaces,
        EventSink progress,
        String registry,
        String builder)
        implements AutoCloseable {
    public static final BranchName MAIN = new BranchName("main");

    private static final Duration ROLLOUT = Duration.ofMinutes(2);

    /** One of the demo's repositories; made when it is not there. */
    public GitRepository git(String name) {
        folder.bare(name, name.endsWith("-gitops") ? new BranchName("dev") : MAIN);
        return ports().git(folder.url(name));
    }

    /** The examples name a company's servers, and no key; the demo has its own. */
    public String rewrite(String text) {
        return text.replaceAll(
                        "https://github\\.com/acme/([a-z-]+)\\.git",
                        folder.url("@@").value().replace("@@", "$1"))
                .replace("registry.acme.example/", registry + "/")
                .replaceFirst(
                        "(?m)^platform: .*",
                        "$0\norchestrators: [" + ports().statements().ownKey().listed() + "]");
    }

    public Catalog catalog(BranchName branch) {
        return new PlatformRepository(git("platform")).tip(branch);
    }

    /** The application, with the platform as it is on {@code main} now. */
    public Imaas imaas() {
        return Imaas.on(ports(), catalog(MAIN)).waiting(ROLLOUT);
    }

    public Tenant tenant() {
        return imaas().tenant(DemoStory.TENANT);
    }

    /** Makes what a tenant needs. */
    public RunReport onboard(TenantName tenant, Actor actor) {
        return succeeded(imaas(), tenant, new OnboardRequest(), actor);
    }

    /** Plans and runs what must succeed. */
    public RunReport run(PlanRequest request, Actor actor) {
        return succeeded(imaas(), DemoStory.TENANT, request, actor);
    }

    /** The same for a person who waits for no rollout. */
    public RunReport commitOnly(PlanRequest request, Actor actor) {
        return succeeded(imaas().committing(), DemoStory.TENANT, request, actor);
    }

    private RunReport succeeded(Imaas imaas, TenantName tenant, PlanRequest request, Actor actor) {
        ReportBuilder reports = new ReportBuilder();
        RunResult result = execute(imaas, tenant, request, actor, reports);
        if (result.status() == RunResult.Status.FAILED) {
            throw new FailureException(result.failures().get(0));
        }
        return reports.reports().get(0);
    }

    /** Plans what a gate must refuse. */
    public RunReport runRefused(PlanRequest request, Actor actor) {
        ReportBuilder reports = new ReportBuilder();
        RunResult result = execute(imaas(), DemoStory.TENANT, request, actor, reports);
        boolean refused = result.status() == RunResult.Status.FAILED
                && result.failures().stream().map(Failure::kind).allMatch(FailureKind.POLICY::equals);
        if (!refused) {
            throw FailureException.defect("no gate refused " + request, null);
        }
        return reports.reports().get(0);
    }

    private RunResult execute(Imaas imaas, TenantName tenant, PlanRequest request, Actor actor, ReportBuilder reports) {
        IntendedPlan plan = imaas.plan(imaas.tenant(tenant), request, actor);
        return imaas.run(plan, event -> {
            progress.accept(event);
            reports.accept(event);
        });
    }

    private Ports ports() {
        return assembly.ports().build();
    }

    @Override
    public void close() {
        assembly.close();
    }
}
