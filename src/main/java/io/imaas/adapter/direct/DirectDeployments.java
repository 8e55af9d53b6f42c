package io.imaas.adapter.direct;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.ProbeResult;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.ChartRenderer;
import io.imaas.port.Clock;
import io.imaas.port.Cluster;
import io.imaas.port.Deployments;
import io.imaas.port.GitRepository;
import io.imaas.port.LiveHealth;
import io.imaas.port.ServiceProbe;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * {@link Deployments} over Git, Helm and a cluster. Its states:
 * SEEING (the branch's tip holds our change) → APPLYING → CONVERGING (the workload runs it) → ended.
 *
 * <p>Nothing is remembered that matters: each call reads the branch and the cluster, applying again changes nothing, and
 * after a restart the next call goes on where the last one was. What is kept in memory only spares work and says since
 * when.
 */
public final class DirectDeployments implements Deployments, LiveHealth, AutoCloseable {
    private final Releases releases;
    private final Cluster cluster;
    private final Clock clock;
    private final FollowedRollouts followed;
    private final ServiceWord word;
    private final LaterHealth later;
    private final RolloutWatches watches;
    private final ConcurrentMap<String, Object> locks = new ConcurrentHashMap<>();

    /**
     * @param repositories opens a tenant's GitOps repository
     * @param chart folder of the platform's chart on this machine
     * @param probe asks a service itself before it is called live
     * @param interval how often a watched rollout is looked at though the cluster says nothing of a change
     */
    public DirectDeployments(
            ChartRenderer renderer,
            Cluster cluster,
            Function<RepositoryUrl, GitRepository> repositories,
            Path chart,
            ServiceProbe probe,
            Clock clock,
            Duration interval) {
        this.releases = new Releases(renderer, cluster, repositories, chart);
        this.cluster = cluster;
        this.clock = clock;
        this.followed = new FollowedRollouts(clock);
        this.word = new ServiceWord(probe, clock);
        this.later = new LaterHealth(cluster, probe, clock);
        this.watches = new RolloutWatches(cluster, interval);
    }

    /** There are no projects or applications here; what a rollout needs is the tenant's namespace. */
    @Override
    public List<Effect> ensure(Tenant tenant, Service service, EnvironmentName environment) {
        return List.of(Effect.unchanged("Application", tenant.namespace(environment) + "/" + service.name()));
    }

    /** Object by object: nobody else would clean up after an application here. */
    @Override
    public List<Effect> remove(Tenant tenant, Service service, EnvironmentName environment) {
        List<Effect> effects = new Leftovers(cluster).removeAll(tenant.name(), service.name(), environment);
        return effects.isEmpty()
                ? List.of(Effect.unchanged("Application", tenant.namespace(environment) + "/" + service.name()))
                : effects;
    }

    @Override
    public Optional<String> remaining(Tenant tenant, Service service, EnvironmentName environment) {
        return new Leftovers(cluster).remaining(tenant.namespace(environment), service.name());
    }

    /** There are no projects here. */
    /** There are no projects here. */
    @Override
    public List<String> foreign(Tenant tenant) {
        return List.of();
    }

    @Override
    public List<Effect> removeProject(Tenant tenant) {
        return List.of();
    }

    @Override
    public RolloutStatus follow(RolloutTarget target) {
        // One at a time for a service: else one that read the branch earlier could apply an older release later.
        Object service = locks.computeIfAbsent(
                target.tenant() + "/" + target.environment() + "/" + target.service(), missing -> new Object());
        synchronized (service) {
            RolloutStatus status = status(target);
            if (status instanceof RolloutStatus.Ended) {
                followed.forget(target);
                word.forget(target);
            }
            return status;
        }
    }

    private RolloutStatus status(RolloutTarget target) {
        Releases.Revision revision;
        try {
            revision = releases.at(target);
            if (followed.applyNow(target, revision.commit())) {
                releases.apply(revision);
                followed.applied(target, revision.commit());
            }
        } catch (FailureException e) {
            return endedBy(e);
        }
        Liveness seen = releases.look(revision);
        return switch (seen.state()) {
            case LIVE -> live(target, revision, seen);
            case BROKEN -> broken(target, revision, seen);
            case UNDERWAY -> underway(target, revision, seen);
            case STALE -> {
                followed.stale(target);
                yield underway(target, revision, seen);
            }
        };
    }

    private RolloutStatus live(RolloutTarget target, Releases.Revision revision, Liveness seen) {
        if (!releases.isTip(revision)) {
            return underway(target, revision, Liveness.underway("the branch's newest commit", seen.reasons()));
        }
        // What is expected of the service is ours; of another release only its own pipeline knows.
        return revision.holds(target.image())
                ? probed(target, revision, seen)
                : ended(Verdict.SUPERSEDED, revision.commit(), explained(target, revision, seen));
    }

    private RolloutStatus probed(RolloutTarget target, Releases.Revision revision, Liveness seen) {
        ProbeResult said = word.of(target);
        if (said instanceof ProbeResult.Well well) {
            List<String> evidence = new ArrayList<>(seen.reasons());
            evidence.add(well.evidence());
            evidence.removeIf(String::isEmpty);
            return ended(Verdict.LIVE, revision.commit(), evidence);
        }
        if (said instanceof ProbeResult.Silent silent) {
            return underway(target, revision, Liveness.underway(silent.reason(), List.of()));
        }
        boolean denied = said instanceof ProbeResult.Denied;
        List<String> reasons = said instanceof ProbeResult.Faulty faulty
                ? faulty.faults()
                : List.of(((ProbeResult.Denied) said).reason());
        return word.lasting(target)
                ? ended(denied ? Verdict.REFUSED : Verdict.DEGRADED, revision.commit(), reasons)
                : underway(target, revision, Liveness.underway(reasons.get(0), reasons));
    }

    /** When it is another release that broke, nothing is known of ours. */
    private RolloutStatus broken(RolloutTarget target, Releases.Revision revision, Liveness seen) {
        Verdict verdict = revision.holds(target.image()) ? Verdict.DEGRADED : Verdict.UNKNOWN;
        return ended(verdict, revision.commit(), explained(target, revision, seen));
    }

    private RolloutStatus underway(RolloutTarget target, Releases.Revision revision, Liveness seen) {
        Instant since = followed.since(target, seen.waitingFor());
        if (followed.overdue(target)) {
            List<String> reasons = explained(target, revision, seen);
            return ended(
                    Verdict.TIMED_OUT,
                    null,
                    prepend(
                            "after " + target.timeout().toSeconds() + " s still waiting: " + seen.waitingFor(),
                            reasons));
        }
        return new RolloutStatus.InProgress("CONVERGING", seen.waitingFor(), since, seen.reasons());
    }

    /** When another release took the place of ours, that is the first thing to know. */
    private static List<String> explained(RolloutTarget target, Releases.Revision revision, Liveness seen) {
        return revision.holds(target.image())
                ? seen.reasons()
                : prepend(
                        "commit " + revision.commit().abbreviated() + " put "
                                + revision.image().digest().abbreviated() + " in the place of "
                                + target.image().digest().abbreviated(),
                        seen.reasons());
    }

    private static List<String> prepend(String first, List<String> rest) {
        return Stream.concat(Stream.of(first), rest.stream()).toList();
    }

    /** What cannot be mended by asking again ends the rollout; the rest is the caller's to retry. */
    private RolloutStatus endedBy(FailureException e) {
        Failure failure = e.failure();
        Optional<Verdict> verdict =
                switch (failure.kind()) {
                    case INPUT, FAILED -> Optional.of(Verdict.FAILED);
                    case POLICY -> Optional.of(Verdict.REFUSED);
                    case EXTERNAL, CONFLICT, DEFECT -> Optional.empty();
                };
        return ended(verdict.orElseThrow(() -> e), null, List.of(failure.sentence()));
    }

    private RolloutStatus ended(Verdict verdict, CommitId live, List<String> reasons) {
        return new RolloutStatus.Ended(new RolloutOutcome(verdict, live, reasons, clock.now()));
    }

    @Override
    public AutoCloseable watch(RolloutTarget target, Runnable listener) {
        return watches.add(target, () -> follow(target), DirectDeployments::told, now -> listener.run());
    }

    @Override
    public AutoCloseable watch(RolloutTarget target, Consumer<HealthRecord> listener) {
        // What is not decided is no news: the listener hears of health alone.
        return watches.add(
                target, () -> later.now(target), now -> now.map(HealthRecord::status), news -> news.flatMap(now -> now)
                        .ifPresent(listener));
    }

    /** A status without the time at which it was observed, which is always another one. */
    private static Object told(RolloutStatus status) {
        if (status instanceof RolloutStatus.Ended ended) {
            return List.of(ended.outcome().verdict(), ended.outcome().reasons());
        }
        return status;
    }

    @Override
    public Optional<HealthRecord> now(RolloutTarget target) {
        return later.now(target);
    }

    @Override
    public void check() {
        cluster.check();
    }

    @Override
    public void close() {
        watches.close();
    }
}
