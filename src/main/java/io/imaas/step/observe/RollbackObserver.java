package io.imaas.step.observe;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRef;
import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.rollback.RollbackPlanner;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.PastRelease;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.step.record.HealthLedger;
import java.util.List;
import java.util.Optional;

/** Finds out what a rollback would bring back, and what the cluster would get of it. Writes nothing. */
public record RollbackObserver(GitOpsObserver observer, ReleaseHistory history, ArrivalObserver arrivals) {
    /** How many releases of an environment are searched. */
    private static final int LOOK_BACK = 500;

    /** What is known of a rollback. */
    public record Return(List<PastRelease> past, Snapshot facts) {}

    /** @param to digest or version wanted, or empty for the newest other one that is not known to have failed */
    public Return observe(
            Tenant tenant, RollbackPlanner planner, ServiceName service, EnvironmentName environment, String to) {
        GitOpsState state = observer.observe(
                tenant.environments().stream().map(Environment::name).toList());
        List<PastRelease> past = history.of(service, environment, LOOK_BACK);
        if (to.isEmpty()) {
            past = sound(past, service, state.environment(environment));
        }
        return new Return(past, facts(tenant, planner, service, environment, past, to, state));
    }

    /** From the newest other release on that neither failed there nor was taken back: nobody wants such a one again. */
    private List<PastRelease> sound(List<PastRelease> past, ServiceName service, EnvironmentState here) {
        HealthLedger ledger = new HealthLedger(observer.repository(), observer.records());
        Optional<ImageRef> running =
                here.service(service).flatMap(ServiceState::running).map(Release::image);
        List<PastRelease> others = past.stream()
                .filter(one -> running.filter(one.release().image()::equals).isEmpty())
                .toList();
        List<PastRelease> sound = others.stream()
                .dropWhile(one -> takenBack(past, one)
                        || ledger.find(
                                        service,
                                        here.name(),
                                        one.release().image().digest())
                                .filter(health -> !health.status().passes())
                                .isPresent())
                .toList();
        if (sound.isEmpty() && !others.isEmpty()) {
            throw FailureException.policy(
                    "every earlier release of " + service + " in " + here.name() + " failed or was rolled back",
                    "",
                    "name one all the same: imaas rollback " + service + " " + here.name() + " --to "
                            + others.get(0).release().version());
        }
        return sound;
    }

    /** Whether what came after it, newest first, was a rollback. */
    private static boolean takenBack(List<PastRelease> past, PastRelease one) {
        int next = past.indexOf(one) - 1;
        return next >= 0 && past.get(next).trailers().lines().containsKey(Trailers.ROLLBACK);
    }

    /** The facts of a return to one of these releases. */
    public Snapshot facts(
            Tenant tenant,
            RollbackPlanner planner,
            ServiceName service,
            EnvironmentName environment,
            List<PastRelease> past,
            String to,
            GitOpsState state) {
        EnvironmentState here = state.environment(environment);
        Optional<ServiceState> back = planner.returning(service, environment, past, to, state);
        return arrivals.add(
                Snapshot.of(state),
                tenant,
                new ArrivalObserver.Arrival(here, here.head(), back.stream().toList()));
    }
}
