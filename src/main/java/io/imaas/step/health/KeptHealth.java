package io.imaas.step.health;

import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.RolloutTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One release whose record is kept true: what is recorded, what was last heard, and since when the one contradicts the
 * other. Heard from any thread.
 */
final class KeptHealth {
    /** Between two fresh looks that decide nothing. */
    private static final Duration AGAIN = Duration.ofSeconds(15);

    private final RolloutTarget target;
    private HealthRecord recorded;
    private Boolean heardWell;
    private Instant contradictedSince;
    private Instant notBefore = Instant.MIN;
    private AutoCloseable watch;

    KeptHealth(RolloutTarget target, HealthRecord recorded) {
        this.target = target;
        this.recorded = recorded;
    }

    /** A record that a rollout made, and that can be revoked; or one that was revoked, and can be given back. */
    static boolean keeps(HealthRecord record) {
        return record.status().passes() || record.was() != null;
    }

    RolloutTarget target() {
        return target;
    }

    synchronized HealthRecord recorded() {
        return recorded;
    }

    /** This is what is recorded now, whoever wrote it. */
    synchronized void recorded(HealthRecord record, Instant at) {
        if (record.status().passes() != recorded.status().passes()) {
            contradictedSince = null;
        }
        recorded = record;
        compare(at);
    }

    /** We wrote it, and shall not write again for a while. */
    synchronized void written(HealthRecord record, Instant at, Duration pause) {
        recorded(record, at);
        notBefore = at.plus(pause);
    }

    synchronized void heard(HealthRecord news, Instant at) {
        heardWell = news.status().passes();
        compare(at);
    }

    private void compare(Instant at) {
        if (heardWell == null || heardWell == recorded.status().passes()) {
            contradictedSince = null;
        } else if (contradictedSince == null) {
            contradictedSince = at;
        }
    }

    /** Whether what is heard is not what is recorded. */
    synchronized boolean contradicted() {
        return contradictedSince != null;
    }

    /** Whether it has been so for long enough, and nothing was written for as long as that. */
    synchronized boolean due(Instant now, Duration grace) {
        return contradictedSince != null && !now.isBefore(contradictedSince.plus(grace)) && !now.isBefore(notBefore);
    }

    /** A fresh look found nothing that is final. */
    synchronized void undecided(Instant at) {
        notBefore = at.plus(AGAIN);
    }

    /**
     * What to write instead, given a fresh look. Empty when that agrees with the record after all: then whoever told
     * otherwise was wrong or late, and must be right for as long again before it is looked at once more.
     */
    synchronized Optional<HealthRecord> next(HealthRecord fresh, Instant at) {
        boolean well = fresh.status().passes();
        if (well == recorded.status().passes()) {
            contradictedSince = contradictedSince == null ? null : at;
            return Optional.empty();
        }
        Instant became = contradictedSince == null ? at : contradictedSince;
        heardWell = well;
        return Optional.of(
                well ? recorded.restored(became, fresh.evidence()) : recorded.revoked(became, fresh.evidence()));
    }

    synchronized boolean watched() {
        return watch != null;
    }

    synchronized void watchedBy(AutoCloseable watching) {
        watch = watching;
    }

    synchronized Optional<AutoCloseable> watch() {
        return Optional.ofNullable(watch);
    }
}
