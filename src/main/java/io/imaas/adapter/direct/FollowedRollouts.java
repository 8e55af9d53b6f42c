package io.imaas.adapter.direct;

import io.imaas.model.failure.Effect;
import io.imaas.model.rollout.ProbeResult;
import io.imaas.model.rollout.RolloutStatus;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.port.Clock;
import io.imaas.port.ServiceProbe;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is remembered of the rollouts that somebody waits for: since when, what was applied, what services said, and how they ended. Lost at a
 * restart, and then simply found out again.
 */
final class FollowedRollouts {
    /** An outcome that was handed over is kept a little longer: two pipelines may wait for one commit. */
    private static final Duration AFTER_DELIVERY = Duration.ofSeconds(30);

    /** An outcome that nobody fetched: whoever wanted it is gone. */
    private static final Duration UNCLAIMED = Duration.ofHours(1);

    /** Between two questions to a service. */
    private static final Duration WORD = Duration.ofSeconds(3);

    /** As long as with Argo CD: a CAR that has just been loaded may complain for a while. */
    private static final Duration WORD_LASTS = Duration.ofSeconds(90);

    private final ServiceProbe probe;
    private final Clock clock;
    private final Map<RolloutTarget, Entry> entries = new HashMap<>();

    FollowedRollouts(ServiceProbe probe, Clock clock) {
        this.probe = probe;
        this.clock = clock;
    }

    private static final class Entry {
        private final Instant began;
        private Content applied;
        private String waitingFor = "";
        private Instant waitingSince;
        private Instant badSince;
        private Said said;
        private RolloutStatus.Ended outcome;
        private Instant keepUntil = Instant.MAX;
        private boolean delivered;
        private final Map<String, String> takenBack = new TreeMap<>();

        private Entry(Instant now) {
            began = now;
            waitingSince = now;
        }
    }

    /** @param since when the service began to say this kind of thing */
    private record Said(ProbeResult result, Instant since, Instant at) {}

    /** What the service says of itself now; what it said a moment ago is as good. */
    ProbeResult word(RolloutTarget target) {
        Instant now = clock.now();
        Said before = said(target);
        if (before != null && now.isBefore(before.at().plus(WORD))) {
            return before.result();
        }
        ProbeResult result = probe.ask(target);
        boolean same = before != null && before.result().getClass() == result.getClass();
        synchronized (this) {
            entry(target).said = new Said(result, same ? before.since() : now, clock.now());
        }
        return result;
    }

    /** Whether it has been saying so for long enough to believe that it stays so. */
    boolean wordLasts(RolloutTarget target) {
        Said said = said(target);
        return said != null && !clock.now().isBefore(said.since().plus(WORD_LASTS));
    }

    private synchronized Said said(RolloutTarget target) {
        return entry(target).said;
    }

    /** Whether this was not yet applied for this rollout by this process. */
    synchronized boolean applyNow(RolloutTarget target, Content wanted) {
        return !wanted.equals(entry(target).applied);
    }

    synchronized void applied(RolloutTarget target, Content wanted, List<Effect> effects) {
        Entry entry = entry(target);
        entry.applied = wanted;
        // A field that a release changes is listed as a field; a detail alone says what was taken from somebody else.
        effects.stream()
                .filter(effect -> effect.kind() == Effect.Kind.UPDATED
                        && effect.fields().isEmpty()
                        && !effect.detail().isEmpty())
                .forEach(effect -> entry.takenBack.put(
                        effect.name(), effect.type() + " " + effect.name() + ": " + effect.detail()));
    }

    /** What somebody else set and was taken back, and by whom, in the server's words; a line for each object. */
    synchronized List<String> takenBack(RolloutTarget target) {
        return List.copyOf(entry(target).takenBack.values());
    }

    /** The cluster has something else than what was applied: it is to be applied again. */
    synchronized void stale(RolloutTarget target) {
        entry(target).applied = null;
    }

    /** Since when this is what the rollout waits for. */
    synchronized Instant since(RolloutTarget target, String waitingFor) {
        Entry entry = entry(target);
        if (!entry.waitingFor.equals(waitingFor)) {
            entry.waitingFor = waitingFor;
            entry.waitingSince = clock.now();
        }
        return entry.waitingSince;
    }

    /** Whether a bad state has lasted for as long as it must to be believed. */
    synchronized boolean lasting(RolloutTarget target, Liveness seen) {
        Entry entry = entry(target);
        if (!seen.bad()) {
            entry.badSince = null;
            return false;
        }
        if (entry.badSince == null) {
            entry.badSince = clock.now();
        }
        return !clock.now().isBefore(entry.badSince.plus(seen.patience()));
    }

    /** When the time allowed is over. */
    synchronized Instant deadline(RolloutTarget target) {
        return RolloutTarget.deadline(target.startedAt(), target.timeout(), entry(target).began);
    }

    boolean overdue(RolloutTarget target) {
        return !clock.now().isBefore(deadline(target));
    }

    synchronized Optional<RolloutStatus.Ended> outcome(RolloutTarget target) {
        entries.values().removeIf(entry -> clock.now().isAfter(entry.keepUntil));
        Entry entry = entries.get(target);
        return Optional.ofNullable(entry == null ? null : entry.outcome);
    }

    synchronized void ended(RolloutTarget target, RolloutStatus.Ended outcome) {
        Entry entry = entry(target);
        entry.outcome = outcome;
        entry.keepUntil = clock.now().plus(UNCLAIMED);
    }

    /** Whoever waited has heard where it stands. */
    synchronized void delivered(RolloutTarget target) {
        Entry entry = entries.get(target);
        if (entry != null && entry.outcome != null && !entry.delivered) {
            entry.delivered = true;
            entry.keepUntil = clock.now().plus(AFTER_DELIVERY);
        }
    }

    private Entry entry(RolloutTarget target) {
        return entries.computeIfAbsent(target, missing -> new Entry(clock.now()));
    }
}
