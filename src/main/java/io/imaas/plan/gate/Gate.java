package io.imaas.plan.gate;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import java.io.Serializable;

/**
 * A condition that was checked before a promotion.
 *
 * @param name stable, such as {@code order} or {@code freeze}
 * @param subject what it was checked for, such as {@code order-api -> prod}
 * @param sentence what was found
 * @param opensWhen what would open it; empty when it is open
 * @param overridden whether somebody entitled opened it by force
 * @param kind whose turn it is while it is closed: POLICY when the answer is no, another when nobody could answer
 */
public record Gate(
        String name,
        String subject,
        boolean open,
        String sentence,
        String opensWhen,
        boolean overridden,
        FailureKind kind)
        implements Serializable {
    public static Gate open(String name, String subject, String sentence) {
        return new Gate(name, subject, true, sentence, "", false, FailureKind.POLICY);
    }

    public static Gate closed(String name, String subject, String sentence, String opensWhen) {
        return new Gate(name, subject, false, sentence, opensWhen, false, FailureKind.POLICY);
    }

    /** Closed because the question could not be answered. */
    public static Gate unanswered(String name, String subject, Failure failure) {
        return new Gate(
                name,
                subject,
                false,
                (failure.where().isEmpty() ? "" : failure.where() + ": ") + failure.what(),
                failure.suggestion().isEmpty() ? "run it again" : failure.suggestion(),
                false,
                failure.kind());
    }

    /** The same gate, opened by force. */
    public Gate forced() {
        return new Gate(name, subject, true, sentence, opensWhen, true, kind);
    }
}
