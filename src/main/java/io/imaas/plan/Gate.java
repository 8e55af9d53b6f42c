package io.imaas.plan;

import java.io.Serializable;

/**
 * A condition that was checked before a promotion.
 *
 * @param name stable, such as {@code order} or {@code freeze}
 * @param subject what it was checked for, such as {@code order-api -> prod}
 * @param sentence what was found
 * @param opensWhen what would open it; empty when it is open
 * @param overridden whether somebody entitled opened it by force
 */
public record Gate(String name, String subject, boolean open, String sentence, String opensWhen, boolean overridden)
        implements Serializable {
    public static Gate open(String name, String subject, String sentence) {
        return new Gate(name, subject, true, sentence, "", false);
    }

    public static Gate closed(String name, String subject, String sentence, String opensWhen) {
        return new Gate(name, subject, false, sentence, opensWhen, false);
    }

    /** The same gate, opened by force. */
    public Gate forced() {
        return new Gate(name, subject, true, sentence, opensWhen, true);
    }
}
