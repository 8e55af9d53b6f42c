package io.imaas.adapter.direct;

import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.CommitId;
import io.imaas.port.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Since when rollouts are followed and what was applied for them: lost at a restart, and then simply found out again. */
final class FollowedRollouts {
    private final Clock clock;
    private final Map<RolloutTarget, Entry> entries = new HashMap<>();

    FollowedRollouts(Clock clock) {
        this.clock = clock;
    }

    private static final class Entry {
        private final Instant began;
        private CommitId applied;
        private String waitingFor = "";
        private Instant waitingSince;

        private Entry(Instant now) {
            began = now;
            waitingSince = now;
        }
    }

    /** Whether a commit was not yet applied for this rollout by this process. */
    synchronized boolean applyNow(RolloutTarget target, CommitId commit) {
        return !commit.equals(entry(target).applied);
    }

    synchronized void applied(RolloutTarget target, CommitId commit) {
        entry(target).applied = commit;
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

    synchronized boolean overdue(RolloutTarget target) {
        return clock.now().isAfter(RolloutTarget.deadline(target.startedAt(), target.timeout(), entry(target).began));
    }

    synchronized void forget(RolloutTarget target) {
        entries.remove(target);
    }

    private Entry entry(RolloutTarget target) {
        return entries.computeIfAbsent(target, missing -> new Entry(clock.now()));
    }
}
