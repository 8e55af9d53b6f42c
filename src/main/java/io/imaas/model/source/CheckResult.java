package io.imaas.model.source;

import java.io.Serializable;

/**
 * One finding of the pre-mortem: something a run will need.
 *
 * @param name what was looked at, such as {@code Maven}
 * @param found what is there, in words
 * @param fix what to do about it; empty when all is well
 */
public record CheckResult(String name, Status status, String found, String fix) implements Serializable {
    /** What it means for a run. */
    public enum Status {
        OK,
        /** A run works, but not as well as it could. */
        WARN,
        /** A run will fail. */
        FAIL,
        /** Not looked at, since its target is not known. */
        SKIPPED
    }

    public static CheckResult ok(String name, String found) {
        return new CheckResult(name, Status.OK, found, "");
    }

    public static CheckResult warn(String name, String found, String fix) {
        return new CheckResult(name, Status.WARN, found, fix);
    }

    public static CheckResult fail(String name, String found, String fix) {
        return new CheckResult(name, Status.FAIL, found, fix);
    }

    public static CheckResult skipped(String name, String found, String fix) {
        return new CheckResult(name, Status.SKIPPED, found, fix);
    }
}
