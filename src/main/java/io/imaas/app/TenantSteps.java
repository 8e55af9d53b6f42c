package io.imaas.app;

import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.delivery.ReleasePlanner;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.port.CarParts;
import io.imaas.port.Expressions;
import io.imaas.port.GitRepository;
import io.imaas.port.ImageCars;
import io.imaas.port.ImageFiles;
import io.imaas.port.ImageScanner;
import io.imaas.port.JobServer;
import io.imaas.port.LiveHealth;
import io.imaas.port.MiProjects;
import io.imaas.port.PullSecrets;
import io.imaas.port.RegistrySpaces;
import io.imaas.port.Secrets;
import io.imaas.port.ServiceCatalog;
import io.imaas.port.WebQuestions;
import io.imaas.port.Workspaces;
import io.imaas.report.ToolVersion;
import io.imaas.run.StepRunner;
import io.imaas.run.StepRunners;
import io.imaas.step.record.HealthLedger;
import io.imaas.step.runner.AttestImageRunner;
import io.imaas.step.runner.AutoRollback;
import io.imaas.step.runner.AwaitRemovalRunner;
import io.imaas.step.runner.AwaitRolloutRunner;
import io.imaas.step.runner.BuildArtifactRunner;
import io.imaas.step.runner.CallGateRunner;
import io.imaas.step.runner.CheckOffboardingRunner;
import io.imaas.step.runner.CommitFilesRunner;
import io.imaas.step.runner.CommitReleaseRunner;
import io.imaas.step.runner.EnsureApplicationRunner;
import io.imaas.step.runner.EnsureGitOpsRunner;
import io.imaas.step.runner.EnsureJobsRunner;
import io.imaas.step.runner.EnsureManifestsRunner;
import io.imaas.step.runner.EnsureProtectionRunner;
import io.imaas.step.runner.EnsurePullSecretRunner;
import io.imaas.step.runner.EnsureRegistrySpaceRunner;
import io.imaas.step.runner.EnsureRepositoryRunner;
import io.imaas.step.runner.KeepRecordsRunner;
import io.imaas.step.runner.ListApisRunner;
import io.imaas.step.runner.OpenPullRequestRunner;
import io.imaas.step.runner.PromoteReleaseRunner;
import io.imaas.step.runner.PublishImageRunner;
import io.imaas.step.runner.ReleaseCheck;
import io.imaas.step.runner.ReleaseGates;
import io.imaas.step.runner.RemoveApplicationRunner;
import io.imaas.step.runner.RemoveJobsRunner;
import io.imaas.step.runner.RemoveProjectRunner;
import io.imaas.step.runner.RemoveSpaceRunner;
import io.imaas.step.runner.ReportToPullRequestRunner;
import io.imaas.step.runner.RunUnitTestsRunner;
import io.imaas.step.runner.ShownRolloutRunner;
import io.imaas.step.runner.UnlistApisRunner;
import io.imaas.step.runner.Verifier;
import io.imaas.step.runner.VerifyArtifactRunner;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The runner of every kind of step, for one tenant. A new kind of step is one line here. */
final class TenantSteps {
    private TenantSteps() {}

    static StepRunners of(TenantWorld world) {
        Ports ports = world.ports();
        Tenant tenant = world.tenant();
        GitRepository repository = world.repository();
        JobServer jobs = ports.port(JobServer.class);
        Workspaces workspaces = ports.port(Workspaces.class);
        CommitFilesRunner commits = new CommitFilesRunner(tenant, repository, world.records(), world.landings());
        KeepRecordsRunner records = new KeepRecordsRunner(repository, world.records());
        OpenPullRequestRunner proposals =
                new OpenPullRequestRunner(ports.pullRequests(world.tenant().gitops()));
        return new StepRunners(List.of(
                new BuildArtifactRunner(ports.port(MiProjects.class), ports.cars(), workspaces),
                new VerifyArtifactRunner(ports.verifier()),
                new RunUnitTestsRunner(ports.tests(), ports.testServers()),
                new PublishImageRunner(
                        ports.images(),
                        ports.port(ImageCars.class),
                        ports.port(CarParts.class),
                        workspaces,
                        ports.port(ImageScanner.class),
                        ports.clock()),
                new AttestImageRunner(
                        ports::registry,
                        world.records(),
                        ports.clock(),
                        ToolVersion.current(),
                        new SignWithoutKey(world)::sign),
                new CommitReleaseRunner(world.landings(), ports.values(), releaseGates(world)),
                commits,
                new PromoteReleaseRunner(world.platform(), tenant, repository, world.promotions(), commits, proposals),
                records,
                new CallGateRunner(
                        world.platform().gates(),
                        () -> ports.port(WebQuestions.class),
                        () -> ports.port(Expressions.class),
                        records),
                proposals,
                new ReportToPullRequestRunner(ports::pullRequests),
                rollouts(world),
                new ListApisRunner(
                        ports.port(ImageFiles.class), ports.port(CarParts.class), ports.port(ServiceCatalog.class)),
                new EnsureRepositoryRunner(repository, () -> ports.setup(tenant.gitops()), ports.adopts()),
                new EnsureGitOpsRunner(
                        tenant, repository, () -> ports.setup(tenant.gitops()), world.landings(), !ports.isPreview()),
                new EnsureProtectionRunner(() -> ports.setup(tenant.gitops()), ports.port(Secrets.class)),
                new EnsureManifestsRunner(ports.cluster(), ports.clock()),
                new EnsureApplicationRunner(
                        tenant, world.platform().trust(), repository, ports.deployments(), ports.clock()),
                new EnsureRegistrySpaceRunner(
                        ports.registry(),
                        ports.port(RegistrySpaces.class),
                        () -> EnsureGitOpsRunner.begun(tenant, repository)),
                new EnsurePullSecretRunner(
                        ports.port(RegistrySpaces.class),
                        ports.port(PullSecrets.class),
                        ports.port(Secrets.class),
                        ports.clock(),
                        !ports.isPreview()),
                new EnsureJobsRunner(tenant, jobs),
                new CheckOffboardingRunner(
                        tenant, ports.deployments(), of -> ports.hasJobServer() ? jobs.foreign(of) : List.of()),
                new RemoveApplicationRunner(tenant, ports.deployments()),
                new RemoveSpaceRunner(tenant, ports.cluster()),
                new RemoveProjectRunner(tenant, ports.deployments()),
                new RemoveJobsRunner(tenant, jobs),
                new UnlistApisRunner(ports.port(ServiceCatalog.class)),
                new AwaitRemovalRunner(tenant, ports.deployments(), ports.cluster(), ports.clock())));
    }

    private static ReleaseCheck releaseGates(TenantWorld world) {
        return new ReleaseGates(
                world.tenant(),
                new ReleasePlanner(world.platform(), world.tenant()),
                world.releases(world.arrivalsOfBuilds()),
                world.records());
    }

    /** Follows rollouts; shown on the servers of services' sources where the platform wants that. */
    private static StepRunner<AwaitRollout> rollouts(TenantWorld world) {
        Ports ports = world.ports();
        Tenant tenant = world.tenant();
        GitRepository repository = world.repository();
        StepRunner<AwaitRollout> rollouts = new AwaitRolloutRunner(
                tenant,
                ports.deployments(),
                new HealthLedger(repository, world.records()),
                new AutoRollback(
                        world.platform(),
                        tenant,
                        repository,
                        ports.values(),
                        world.records(),
                        ports.clock(),
                        world.quietArrivals(),
                        world.landings()),
                new Verifier(
                        world.platform(),
                        tenant,
                        world.questions(),
                        ports.cluster(),
                        ports.find(LiveHealth.class)
                                .<Function<RolloutTarget, Optional<HealthRecord>>>map(live -> live::now)
                                .orElse(target -> Optional.empty()),
                        ports.clock()));
        return world.platform().showsDeployments()
                ? new ShownRolloutRunner(tenant, rollouts, ports::pullRequests)
                : rollouts;
    }
}
