package io.imaas.step.health;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.image.Digest;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.port.Clock;
import io.imaas.port.GitRepository;
import io.imaas.port.LiveHealth;
import io.imaas.port.ValuesEditor;
import io.imaas.step.observe.GitOpsObserver;
import io.imaas.step.record.HealthLedger;
import io.imaas.step.record.Records;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps the health records of a tenant true after its rollouts: a release that was proven and degrades for longer than a
 * grace period is revoked, and given back what it was when it recovers. What a rollout itself found bad stays so: only a
 * rollout sees all the evidence.
 *
 * <p>Has no thread: whoever owns it calls {@link #round} every few seconds. In between, news come from the one watch that
 * all releases of a server share; only what has contradicted its record for the whole grace is read afresh, and written.
 * Several keepers may work on one repository: a record that is not as expected any more is left alone and read again.
 */
public final class HealthKeeper implements AutoCloseable {
    /** A pod that restarts is degraded for a moment. */
    public static final Duration GRACE = Duration.ofSeconds(60);

    private static final Duration BRANCHES = Duration.ofSeconds(30);

    /** Between two writes of one record, however short the grace: what flaps must not fill the history. */
    private static final Duration PAUSE = Duration.ofSeconds(60);

    private final Tenant tenant;
    private final GitRepository repository;
    private final GitOpsObserver observer;
    private final HealthLedger ledger;
    private final LiveHealth health;
    private final Clock clock;
    private final Duration grace;
    private final Map<Key, KeptHealth> kept = new HashMap<>();
    private Map<BranchName, Optional<CommitId>> seen = Map.of();
    private Instant nextRead = Instant.MIN;

    /** @param grace how long a release must be other than its record says before that is written */
    public HealthKeeper(
            Tenant tenant,
            GitRepository repository,
            ValuesEditor values,
            Records records,
            LiveHealth health,
            Clock clock,
            Duration grace) {
        this.tenant = tenant;
        this.repository = repository;
        this.observer = new GitOpsObserver(repository, values, clock, records);
        this.ledger = new HealthLedger(repository, records);
        this.health = health;
        this.clock = clock;
        this.grace = grace;
    }

    private record Key(ServiceName service, EnvironmentName environment, Digest digest) {}

    /**
     * What came of a round.
     *
     * @param written the records as they are now, where they were changed
     * @param failures what could not be read or written; it is tried again by a later round
     */
    public record Round(List<HealthRecord> written, List<Failure> failures) {
        public Round {
            written = List.copyOf(written);
            failures = List.copyOf(failures);
        }
    }

    /** Looks which releases the branches hold, and writes what has become certain. */
    public synchronized Round round() {
        List<HealthRecord> written = new ArrayList<>();
        List<Failure> failures = new ArrayList<>();
        attempt(failures, this::readBranches);
        for (KeptHealth one : List.copyOf(kept.values())) {
            if (one.due(clock.now(), grace)) {
                attempt(failures, () -> settle(one).ifPresent(written::add));
            }
        }
        return new Round(written, failures);
    }

    /** Asks about every release at once, for whoever does not stay to hear the news. */
    public synchronized Round look() {
        List<Failure> failures = new ArrayList<>();
        attempt(failures, this::readBranches);
        for (KeptHealth one : List.copyOf(kept.values())) {
            attempt(failures, () -> health.now(one.target()).ifPresent(now -> one.heard(now, clock.now())));
        }
        return new Round(List.of(), failures);
    }

    /** How many releases are watched. */
    public synchronized int size() {
        return kept.size();
    }

    /** Whether some release is other than its record says, and it is not certain yet. */
    public synchronized boolean undecided() {
        return kept.values().stream().anyMatch(KeptHealth::contradicted);
    }

    /** A failure of one release is told, and keeps nobody from looking after the others. */
    private static void attempt(List<Failure> failures, Runnable work) {
        try {
            work.run();
        } catch (FailureException e) {
            failures.add(e.failure());
        }
    }

    private void readBranches() {
        if (clock.now().isBefore(nextRead)) {
            return;
        }
        Map<BranchName, Optional<CommitId>> heads = new HashMap<>();
        environments().forEach(environment -> heads.put(environment.branch(), repository.head(environment.branch())));
        heads.put(GitOpsPaths.RECORDS, repository.head(GitOpsPaths.RECORDS));
        if (!heads.equals(seen)) {
            keep(observer.observe(environments()));
        }
        // Only now: what failed in between is read again by the next round.
        seen = heads;
        nextRead = clock.now().plus(BRANCHES);
    }

    private List<EnvironmentName> environments() {
        return tenant.environments().stream().map(Environment::name).toList();
    }

    private void keep(GitOpsState state) {
        Map<Key, KeptHealth> wanted = new HashMap<>();
        state.environments().forEach(environment -> environment.services().stream()
                .filter(service -> service.health() != null && KeptHealth.keeps(service.health()))
                .forEach(service -> {
                    Key key = new Key(
                            service.service(),
                            environment.name(),
                            service.release().image().digest());
                    RolloutTarget target = RolloutTarget.of(
                            tenant,
                            service.service(),
                            environment.name(),
                            service.health().commit(),
                            service.release().image(),
                            grace);
                    wanted.put(key, known(key, target, service.health()));
                }));
        Set<KeptHealth> stays = new HashSet<>(wanted.values());
        List<KeptHealth> gone =
                kept.values().stream().filter(old -> !stays.contains(old)).toList();
        kept.clear();
        kept.putAll(wanted);
        gone.forEach(HealthKeeper::close);
        for (KeptHealth one : wanted.values()) {
            if (!one.watched()) {
                one.watchedBy(health.watch(one.target(), news -> one.heard(news, clock.now())));
            }
        }
    }

    private KeptHealth known(Key key, RolloutTarget target, HealthRecord record) {
        KeptHealth old = kept.get(key);
        if (old != null && old.target().equals(target)) {
            old.recorded(record, clock.now());
            return old;
        }
        return new KeptHealth(target, record);
    }

    /** A stream alone proves nothing: the release is read afresh before its record is changed. */
    private Optional<HealthRecord> settle(KeptHealth one) {
        Optional<HealthRecord> fresh = health.now(one.target());
        Optional<HealthRecord> next = fresh.flatMap(now -> one.next(now, clock.now()));
        if (next.isEmpty()) {
            one.undecided(clock.now());
            return Optional.empty();
        }
        try {
            Effect effect = ledger.replace(one.recorded(), next.get());
            one.written(next.get(), clock.now(), PAUSE);
            return effect.isChange() ? next : Optional.empty();
        } catch (FailureException e) {
            if (e.failure().kind() != FailureKind.CONFLICT) {
                throw e;
            }
            // A rollout or another keeper was faster, and knows better: what it wrote is read at once.
            seen = Map.of();
            nextRead = Instant.MIN;
            return Optional.empty();
        }
    }

    private static void close(KeptHealth one) {
        try {
            one.watch().orElse(() -> {}).close();
        } catch (Exception e) {
            throw FailureException.defect("a watch can't be closed: " + e, e);
        }
    }

    /** Ends all watches. */
    @Override
    public synchronized void close() {
        kept.values().forEach(HealthKeeper::close);
        kept.clear();
    }
}
