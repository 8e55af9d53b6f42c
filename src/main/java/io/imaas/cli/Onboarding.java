package io.imaas.cli;

import io.imaas.adapter.preview.PreviewedCluster;
import io.imaas.adapter.preview.PreviewedGit;
import io.imaas.app.Onboard;
import io.imaas.model.identity.Actor;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.step.AwaitRemoval;
import io.imaas.plan.step.EnsureJobs;
import io.imaas.plan.step.RemoveJobs;
import io.imaas.port.Clock;
import io.imaas.port.Cluster;
import io.imaas.port.Deployments;
import io.imaas.port.GitRepository;
import io.imaas.port.ImageRegistry;
import io.imaas.port.JobServer;
import io.imaas.report.ReportBuilder;
import io.imaas.report.RunReport;
import io.imaas.run.EventSink;
import io.imaas.run.RetryPolicy;
import io.imaas.run.RunResult;
import io.imaas.run.Runner;
import io.imaas.run.StepRunner;
import io.imaas.run.StepRunners;
import io.imaas.step.runner.AwaitRemovalRunner;
import io.imaas.step.runner.EnsureApplicationRunner;
import io.imaas.step.runner.EnsureGitOpsRunner;
import io.imaas.step.runner.EnsureJobsRunner;
import io.imaas.step.runner.EnsureManifestsRunner;
import io.imaas.step.runner.EnsureRegistrySpaceRunner;
import io.imaas.step.runner.RemoveApplicationRunner;
import io.imaas.step.runner.RemoveJobsRunner;
import io.imaas.step.runner.RemoveProjectRunner;
import io.imaas.step.runner.RemoveSpaceRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Onboards tenants: the planner, the steps and a world put together, for whichever door asks. Run again, it changes
 * nothing that is right; it deletes nothing but what a tombstone names whose day has come.
 */
public final class Onboarding {
    private final World world;

    public Onboarding(World world) {
        this.world = world;
    }

    /**
     * Where tenants live.
     *
     * @param deployments made over the cluster that it is given
     * @param jobs empty when jobs are made elsewhere
     * @param preview whether it is read and never written
     */
    public record World(
            Function<RepositoryUrl, GitRepository> repositories,
            ImageRegistry registry,
            Cluster cluster,
            Function<Cluster, Deployments> deployments,
            Optional<JobServer> jobs,
            Clock clock,
            boolean preview) {
        /** The same, read and never written; of deployments and jobs, previews must have been given. */
        public World previewed() {
            return new World(
                    url -> new PreviewedGit(repositories.apply(url)),
                    registry,
                    new PreviewedCluster(cluster),
                    deployments,
                    jobs,
                    clock,
                    true);
        }
    }

    /** What came of a tenant. */
    public record Onboarded(Tenant tenant, RunReport report, RunResult result) {}

    /** What the tenant needs, or what is taken away from it; jobs only with a CI server at hand. */
    public Plan plan(Catalog catalog, Tenant tenant, Actor actor) {
        Plan plan = Onboard.plan(catalog, tenant, world.clock().now(), actor).plan();
        if (world.preview()) {
            // What a preview did not delete will never be gone.
            plan = plan.without(Set.of(AwaitRemoval.class), List.of());
        }
        return world.jobs().isPresent()
                ? plan
                : plan.without(
                        Set.of(EnsureJobs.class, RemoveJobs.class),
                        List.of("no jobs: there is no CI server to make or delete them on"));
    }

    public Onboarded run(Plan plan, Tenant tenant, EventSink sink) {
        ReportBuilder reports = new ReportBuilder();
        EventSink both = event -> {
            sink.accept(event);
            reports.accept(event);
        };
        RunResult result = new Runner(runners(tenant), world.clock(), both, RetryPolicy.DEFAULT).run(plan);
        return new Onboarded(tenant, reports.reports().get(0), result);
    }

    private StepRunners runners(Tenant tenant) {
        Deployments deployments = world.deployments().apply(world.cluster());
        List<StepRunner<?>> runners = new ArrayList<>(List.of(
                new EnsureRegistrySpaceRunner(world.registry()),
                new EnsureManifestsRunner(world.cluster()),
                new EnsureGitOpsRunner(world.repositories().apply(tenant.gitops())),
                new EnsureApplicationRunner(deployments),
                new RemoveApplicationRunner(deployments),
                new RemoveSpaceRunner(world.cluster()),
                new RemoveProjectRunner(deployments),
                new AwaitRemovalRunner(deployments, world.cluster(), world.clock())));
        world.jobs().ifPresent(jobs -> runners.addAll(List.of(new EnsureJobsRunner(jobs), new RemoveJobsRunner(jobs))));
        return new StepRunners(runners);
    }
}
