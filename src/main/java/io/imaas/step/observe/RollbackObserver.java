package io.imaas.step.observe;

import io.imaas.model.failure.FailureException;
import io.imaas.model.image.ImageRef;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.rollback.RollbackPlanner;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.PastRelease;
import io.imaas.plan.snapshot.RenderFacts;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.plan.snapshot.Snapshot;
import io.imaas.port.GitRepository;
import io.imaas.port.TextFiles;
import io.imaas.step.record.HealthLedger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Finds out what a rollback would bring back, and what the cluster would get of it. Writes nothing. */
public record RollbackObserver(GitOpsObserver observer, ReleaseHistory history, ArrivalObserver arrivals) {
    /** How many releases of an environment are searched. */
    private static final int LOOK_BACK = 500;

    /**
     * What is known of a rollback.
     *
     * @param takenBack the service's files that nothing was rendered from, as they were when something was; null: there was
     *     none
     * @param facts in which the service is as it runs
     * @param to which of them, as it was asked for or found; empty: the newest other one
     */
    public record Return(List<PastRelease> past, Map<String, String> takenBack, Snapshot facts, String to) {}

    /** @param to digest or version wanted, or empty for the newest other one that is not known to have failed */
    public Return observe(
            Tenant tenant, RollbackPlanner planner, ServiceName service, EnvironmentName environment, String to) {
        GitOpsState state = observer.observe(
                tenant.environments().stream().map(Environment::name).toList());
        List<PastRelease> past = history.ran(tenant, service, environment, LOOK_BACK);
        Running running = running(tenant, service, environment, state);
        EnvironmentState here = running.state().environment(environment);
        String named = to.isEmpty() ? standing(past, here.service(service)) : to;
        List<PastRelease> wanted = named.isEmpty() ? sound(past, service, here) : past;
        return returning(tenant, planner, service, environment, wanted, named, running);
    }

    /**
     * The digest that somebody rolled back to already and that is held since: who asks again, after a run that was cut off or
     * beside somebody else, does not mean one still older. Empty where there is none.
     */
    private static String standing(List<PastRelease> past, Optional<ServiceState> now) {
        Optional<ImageRef> held = now.filter(state -> state.hold() != null)
                .flatMap(ServiceState::running)
                .map(Release::image);
        return past.stream()
                .limit(1)
                .filter(newest -> newest.trailers().lines().containsKey(Trailers.ROLLBACK))
                .map(newest -> newest.release().image())
                .filter(image -> held.filter(image::equals).isPresent())
                .map(image -> image.digest().value())
                .findFirst()
                .orElse("");
    }

    /** Of a return to the newest of these releases. */
    public Return returning(
            Tenant tenant,
            RollbackPlanner planner,
            ServiceName service,
            EnvironmentName environment,
            List<PastRelease> past,
            GitOpsState state) {
        return returning(tenant, planner, service, environment, past, "", running(tenant, service, environment, state));
    }

    private Return returning(
            Tenant tenant,
            RollbackPlanner planner,
            ServiceName service,
            EnvironmentName environment,
            List<PastRelease> past,
            String to,
            Running running) {
        EnvironmentState here = running.state().environment(environment);
        Optional<ServiceState> back = planner.returning(service, environment, past, to, running.state());
        Snapshot facts = arrivals.add(
                Snapshot.of(running.state()),
                tenant,
                new ArrivalObserver.Arrival(
                        here, running.commit(), back.stream().toList()));
        return new Return(
                past, differing(observer.repository(), service, environment, here.head(), running.commit()), facts, to);
    }

    /**
     * How a service runs.
     *
     * @param commit which its manifests were made of
     */
    private record Running(GitOpsState state, CommitId commit) {}

    private Running running(Tenant tenant, ServiceName service, EnvironmentName environment, GitOpsState state) {
        EnvironmentState here = state.environment(environment);
        Optional<CommitId> other = otherwise(tenant, service, here);
        return new Running(
                other.flatMap(commit -> observer.observeAt(environment, commit, here.rendered())
                                .service(service))
                        .map(then -> state.with(environment, then))
                        .orElse(state),
                other.orElse(here.head()));
    }

    /**
     * The commit that what runs was made of, where the branch holds something else by now: a rollback lets nothing in that
     * gates keep out, or have not looked at.
     */
    private Optional<CommitId> otherwise(Tenant tenant, ServiceName service, EnvironmentState here) {
        return Optional.of(here)
                .filter(at -> tenant.isRendered() && at.head() != null)
                .flatMap(at -> ReleaseHistory.rendered(observer.repository(), service, at.name(), 1)
                        .findFirst())
                .filter(commit -> !commit.equals(here.head()) && !runs(tenant, service, here));
    }

    /** Whether what the branch holds of the service is what runs. */
    private boolean runs(Tenant tenant, ServiceName service, EnvironmentState here) {
        return here.service(service)
                .flatMap(now -> arrivals.rendered(tenant, here, here.head(), now))
                .filter(RenderFacts::runsAlready)
                .isPresent();
    }

    /**
     * The files that decide what runs of a service and are not as an earlier commit has them, as that has them; null: it has
     * none. What stands there now may be nothing that can be read.
     */
    static Map<String, String> differing(
            GitRepository repository, ServiceName service, EnvironmentName environment, CommitId now, CommitId then) {
        Map<String, String> differing = new LinkedHashMap<>();
        if (now != null && !now.equals(then)) {
            List<String> paths = GitOpsPaths.sources(service, environment);
            TextFiles there = repository.readText(now, paths);
            TextFiles back = repository.readText(then, paths);
            paths.stream()
                    .filter(path -> there.problem(path).isPresent()
                            || !Objects.equals(
                                    there.texts().get(path), back.texts().get(path)))
                    .forEach(path -> differing.put(path, back.find(path).orElse(null)));
        }
        return differing;
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
                    "imaas rollback " + service + " " + here.name() + " --to "
                            + others.get(0).release().version());
        }
        return sound;
    }

    /** Whether what came after it, newest first, was a rollback. */
    private static boolean takenBack(List<PastRelease> past, PastRelease one) {
        int next = past.indexOf(one) - 1;
        return next >= 0 && past.get(next).trailers().lines().containsKey(Trailers.ROLLBACK);
    }
}
