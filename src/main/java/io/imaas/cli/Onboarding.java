package io.imaas.cli;

import io.imaas.adapter.preview.PreviewedCluster;
import io.imaas.adapter.preview.PreviewedGit;
import io.imaas.engine.OnboardingPlans;
import io.imaas.model.Catalog;
import io.imaas.model.RepositoryUrl;
import io.imaas.model.Tenant;
import io.imaas.plan.EnsureJobs;
import io.imaas.plan.Plan;
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
import io.imaas.step.EnsureApplicationRunner;
import io.imaas.step.EnsureGitOpsRunner;
import io.imaas.step.EnsureJobsRunner;
import io.imaas.step.EnsureManifestsRunner;
import io.imaas.step.EnsureRegistrySpaceRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Onboards tenants: the planner, the steps and a world put together, for whichever door asks. Run again, it changes
 * nothing that is right; it deletes nothing.
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
     */
    public record World(
            Function<RepositoryUrl, GitRepository> repositories,
            ImageRegistry registry,
            Cluster cluster,
            Function<Cluster, Deployments> deployments,
            Optional<JobServer> jobs,
            Clock clock) {
        /** The same, read and never written; of deployments and jobs, previews must have been given. */
        public World previewed() {
            return new World(
                    url -> new PreviewedGit(repositories.apply(url)),
                    registry,
                    new PreviewedCluster(cluster),
                    deployments,
                    jobs,
                    clock);
        }
    }

    /** What came of a tenant. */
    public record Onboarded(Tenant tenant, RunReport report, RunResult result) {}

    /** What the tenant needs; without a CI server at hand, its jobs are left to whoever makes them. */
    public Plan plan(Catalog catalog, Tenant tenant, String actor) {
        Plan plan = OnboardingPlans.plan(catalog, tenant, actor).plan();
        return world.jobs().isPresent()
                ? plan
                : new Plan(
                        plan.title(),
                        plan.request(),
                        plan.gates(),
                        plan.buckets().stream()
                                .filter(bucket -> bucket.steps().stream().noneMatch(EnsureJobs.class::isInstance))
                                .toList(),
                        List.of("no jobs: there is no CI server to make them on"));
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
        List<StepRunner<?>> runners = new ArrayList<>(List.of(
                new EnsureRegistrySpaceRunner(world.registry()),
                new EnsureManifestsRunner(world.cluster()),
                new EnsureGitOpsRunner(world.repositories().apply(tenant.gitops())),
                new EnsureApplicationRunner(world.deployments().apply(world.cluster()))));
        world.jobs().map(EnsureJobsRunner::new).ifPresent(runners::add);
        return new StepRunners(runners);
    }
}
