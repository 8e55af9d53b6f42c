package io.imaas.plan.gate;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/** What a gate says. */
public sealed interface Answer extends Serializable {
    /**
     * @param evidence what was found; empty when nothing is configured that could close the gate, so that there is
     *     nothing to tell
     * @param assumed whether nobody observed it and a person vouches for it
     * @param records paths of the signed records that it counted, on their branch
     */
    record Open(String evidence, boolean assumed, List<String> records) implements Answer {}

    /**
     * @param kind POLICY when the answer is no; another kind when nobody could answer
     * @param whatOpensIt a command or an edit, complete enough to be pasted
     * @param askAgainAt when the answer changes by itself; null when it does not
     */
    record Closed(FailureKind kind, String reason, String whatOpensIt, WaitsFor waitsFor, Instant askAgainAt)
            implements Answer {}

    /** What a closed gate waits for. */
    enum WaitsFor {
        /** Something must be changed or done. */
        ACTION,
        /** Somebody must agree. */
        APPROVAL,
        /** The gate opens by itself. */
        TIME,
        /** A system must answer. */
        REPLY
    }

    static Answer open(String evidence) {
        return open(evidence, List.of());
    }

    static Answer open(String evidence, List<String> records) {
        return new Open(evidence, false, records);
    }

    /** Nothing is configured, or nothing was looked up, that could close the gate. */
    static Answer notAsked() {
        return new Open("", false, List.of());
    }

    /** A person vouches for what nobody observed. */
    static Answer assumed(String evidence) {
        return new Open(evidence, true, List.of());
    }

    static Answer closed(String reason, String whatOpensIt) {
        return new Closed(FailureKind.POLICY, reason, whatOpensIt, WaitsFor.ACTION, null);
    }

    static Answer closedUntilApproved(String reason, String whatOpensIt) {
        return new Closed(FailureKind.POLICY, reason, whatOpensIt, WaitsFor.APPROVAL, null);
    }

    /** @param again the command that has a chance from then on */
    static Answer closedUntil(Instant opening, String reason, String again) {
        return new Closed(FailureKind.POLICY, reason, again, WaitsFor.TIME, opening);
    }

    /** Closed because the question could not be answered. */
    static Answer unanswered(Failure why, String again) {
        return new Closed(
                why.kind(), why.finding(), why.suggestion().isEmpty() ? again : why.suggestion(), WaitsFor.REPLY, null);
    }
}
