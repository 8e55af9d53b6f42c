package io.imaas.app;

import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.delivery.ReleasePlanner;
import io.imaas.port.CarBuilder;
import io.imaas.port.CarVerifier;
import io.imaas.port.Clock;
import io.imaas.port.Cluster;
import io.imaas.port.Deployments;
import io.imaas.port.GitRepository;
import io.imaas.port.ImageBuilder;
import io.imaas.port.ImageRegistry;
import io.imaas.port.JobServer;
import io.imaas.port.MiProjects;
import io.imaas.port.PullRequests;
import io.imaas.port.UnitTests;
import io.imaas.port.ValuesEditor;
import io.imaas.port.Workspaces;
import io.imaas.run.StepRunners;
import io.imaas.step.edit.HealthLedger;
import io.imaas.step.observe.ArrivalObserver;
import io.imaas.step.observe.GitOpsObserver;
import io.imaas.step.observe.ReleaseObserver;
import io.imaas.step.runner.AutoRollback;
import io.imaas.step.runner.AwaitRemovalRunner;
import io.imaas.step.runner.AwaitRolloutRunner;
import io.imaas.step.runner.BuildArtifactRunner;
import io.imaas.step.runner.CommitFilesRunner;
import io.imaas.step.runner.CommitReleaseRunner;
import io.imaas.step.runner.EnsureApplicationRunner;
import io.imaas.step.runner.EnsureGitOpsRunner;
import io.imaas.step.runner.EnsureJobsRunner;
import io.imaas.step.runner.EnsureManifestsRunner;
import io.imaas.step.runner.EnsureRegistrySpaceRunner;
import io.imaas.step.runner.OpenPullRequestRunner;
import io.imaas.step.runner.PublishImageRunner;
import io.imaas.step.runner.ReleaseCheck;
import io.imaas.step.runner.ReleaseGates;
import io.imaas.step.runner.RemoveApplicationRunner;
import io.imaas.step.runner.RemoveJobsRunner;
import io.imaas.step.runner.RemoveProjectRunner;
import io.imaas.step.runner.RemoveSpaceRunner;
import io.imaas.step.runner.ReportToPullRequestRunner;
import io.imaas.step.runner.RunUnitTestsRunner;
import io.imaas.step.runner.VerifyArtifactRunner;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The adapters of one process, put together: what both doors plan and run with.
 *
 * @param gitops the GitOps repository of a tenant
 * @param sources a service's own repository, or the platform's
 * @param pullRequests of a repository; empty where its server has none
 * @param testServers MI unit-test servers for services that name none themselves
 * @param chart of MI services; empty when none is at hand: then nothing is rendered before a decision
 */
public record Engine(
        Function<Tenant, GitRepository> gitops,
        Function<RepositoryUrl, GitRepository> sources,
        Function<RepositoryUrl, Optional<PullRequests>> pullRequests,
        ValuesEditor values,
        MiProjects projects,
        CarBuilder cars,
        CarVerifier verifier,
        UnitTests tests,
        List<InetSocketAddress> testServers,
        ImageBuilder images,
        ImageRegistry registry,
        Cluster cluster,
        Deployments deployments,
        Optional<ArrivalObserver.ChartSource> chart,
        JobServer jobs,
        Workspaces workspaces,
        Clock clock) {
    /** The runners of every kind of step, for one tenant of a platform. */
    public StepRunners runners(Platform platform, Tenant tenant) {
        GitRepository repository = gitops.apply(tenant);
        return new StepRunners(List.of(
                new BuildArtifactRunner(projects, cars, workspaces),
                new VerifyArtifactRunner(verifier),
                new RunUnitTestsRunner(tests, testServers),
                new PublishImageRunner(images),
                new CommitReleaseRunner(repository, values, releaseGates(platform, tenant, repository)),
                new CommitFilesRunner(repository),
                new OpenPullRequestRunner(pullRequests.apply(tenant.gitops())),
                new ReportToPullRequestRunner(pullRequests),
                new AwaitRolloutRunner(
                        deployments, new HealthLedger(repository), new AutoRollback(repository, values, clock)),
                new EnsureGitOpsRunner(repository),
                new EnsureManifestsRunner(cluster),
                new EnsureApplicationRunner(deployments),
                new EnsureRegistrySpaceRunner(registry),
                new EnsureJobsRunner(jobs),
                new RemoveApplicationRunner(deployments),
                new RemoveSpaceRunner(cluster),
                new RemoveProjectRunner(deployments),
                new RemoveJobsRunner(jobs),
                new AwaitRemovalRunner(deployments, cluster, clock)));
    }

    private ReleaseCheck releaseGates(Platform platform, Tenant tenant, GitRepository repository) {
        return new ReleaseGates(
                tenant,
                new ReleasePlanner(platform, tenant),
                new ReleaseObserver(
                        new GitOpsObserver(repository, values, clock),
                        repository,
                        values,
                        new ArrivalObserver(repository, Optional.empty(), chart)));
    }
}
