package io.imaas.step.runner;

import io.imaas.model.request.Request;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Platform;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.Plan;
import io.imaas.plan.rollback.RollbackPlanner;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.PastRelease;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.step.AwaitRollout;
import io.imaas.plan.step.CommitFiles;
import io.imaas.plan.step.KeepRecords;
import io.imaas.port.Clock;
import io.imaas.port.GitRepository;
import io.imaas.port.ValuesEditor;
import io.imaas.run.StepContext;
import io.imaas.step.observe.ArrivalObserver;
import io.imaas.step.observe.GitOpsObserver;
import io.imaas.step.observe.ReleaseHistory;
import io.imaas.step.observe.RollbackObserver;
import io.imaas.step.record.HealthLedger;
import io.imaas.step.record.Records;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Puts the last healthy release back when a rollout failed and the environment's policy says so. */
public final class AutoRollback {
    private static final int LOOK_BACK = 100;

    private final Tenant tenant;
    private final Platform platform;
    private final GitOpsObserver observer;
    private final ReleaseHistory history;
    private final HealthLedger ledger;
    private final RollbackObserver returns;
    private final CommitFilesRunner commits;
    private final KeepRecordsRunner voiding;

    /**
     * @param arrivals what the cluster would get of an earlier release
     * @param landings how it lands
     */
    public AutoRollback(
            Platform platform,
            Tenant tenant,
            GitRepository repository,
            ValuesEditor values,
            Records records,
            Clock clock,
            ArrivalObserver arrivals,
            Landings landings) {
        this.platform = platform;
        this.tenant = tenant;
        this.observer = new GitOpsObserver(repository, values, clock, records);
        this.history = new ReleaseHistory(repository, values);
        this.ledger = new HealthLedger(repository, records);
        this.returns = new RollbackObserver(observer, history, arrivals);
        this.commits = new CommitFilesRunner(tenant, repository, records, landings);
        this.voiding = new KeepRecordsRunner(repository, records);
    }

    /** What was done, as a sentence; empty when the policy wants nothing, or somebody has released since. */
    Optional<String> after(AwaitRollout failed, StepContext context) {
        EnvironmentName environment = failed.environment();
        boolean wanted = tenant.environment(environment)
                .filter(Environment::autoRollback)
                .isPresent();
        GitOpsState state = wanted ? observer.observe(List.of(environment)) : null;
        if (!wanted || !stillRuns(failed, context, state)) {
            return Optional.empty();
        }
        List<PastRelease> healthy = history.ran(tenant, failed.service(), environment, LOOK_BACK).stream()
                .filter(past -> wasHealthy(past, environment))
                .toList();
        if (healthy.isEmpty()) {
            return Optional.of("no earlier release was healthy, so nothing was rolled back");
        }
        Request request = new Request(tenant.name(), failed.service(), environment, "@imaas");
        RollbackPlanner planner = new RollbackPlanner(platform, tenant, Duration.ZERO);
        RollbackObserver.Return back =
                returns.returning(tenant, planner, failed.service(), environment, healthy, state);
        Plan plan = planner.plan(
                request, environment, back.past(), "", "its rollout failed", back.takenBack(), back.facts());
        if (!plan.closedGates().isEmpty()) {
            return Optional.of(
                    "it was not rolled back: " + plan.closedGates().get(0).found());
        }
        plan.steps()
                .filter(CommitFiles.class::isInstance)
                .map(CommitFiles.class::cast)
                .forEach(commit -> commits.run(commit, context));
        plan.steps()
                .filter(KeepRecords.class::isInstance)
                .map(KeepRecords.class::cast)
                .forEach(records -> voiding.run(records, context));
        return Optional.of("rolled back to " + healthy.get(0).release().version() + " and held");
    }

    private static boolean stillRuns(AwaitRollout failed, StepContext context, GitOpsState state) {
        return state.environment(failed.environment())
                .service(failed.service())
                .flatMap(ServiceState::running)
                .filter(release -> release.image().equals(AwaitRolloutRunner.imageOf(failed, context)))
                .isPresent();
    }

    private boolean wasHealthy(PastRelease past, EnvironmentName environment) {
        ServiceName service = past.release().service();
        return ledger.find(service, environment, past.release().image().digest())
                .filter(health -> health.status().passes())
                .isPresent();
    }
}
