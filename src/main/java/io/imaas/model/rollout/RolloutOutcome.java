package io.imaas.model.rollout;

import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.CommitId;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * How a rollout ended.
 *
 * @param liveCommit the commit that is live, or null when unknown
 * @param reasons what a person needs to know, most important first: failing resources, events, log lines
 * @param observedAt when the last evidence was seen
 */
public record RolloutOutcome(Verdict verdict, CommitId liveCommit, List<String> reasons, Instant observedAt)
        implements Serializable {
    public RolloutOutcome {
        reasons = List.copyOf(reasons);
    }

    /** What is known for sure. */
    public enum Verdict {
        /** This very commit and digest are live and healthy. */
        LIVE(null),
        /** A later commit replaced the change, and that later one is live and healthy. */
        SUPERSEDED(null),
        /** It was applied and does not work. */
        DEGRADED(FailureKind.FAILED),
        /** It could not be applied. */
        FAILED(FailureKind.FAILED),
        /** Neither good nor bad within the time allowed. */
        TIMED_OUT(FailureKind.EXTERNAL),
        /** A sync window or a missing right prevents it. */
        REFUSED(FailureKind.POLICY),
        /** The deployment server was lost; never to be read as success. */
        UNKNOWN(FailureKind.EXTERNAL);

        private final FailureKind failure;

        Verdict(FailureKind failure) {
            this.failure = failure;
        }

        /** The kind of failure this is, or null when it is none. */
        public FailureKind failure() {
            return failure;
        }
    }
}
