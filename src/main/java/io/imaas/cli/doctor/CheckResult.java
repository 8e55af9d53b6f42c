package io.imaas.cli.doctor;

/**
 * One finding of the pre-mortem: something a run will need.
 *
 * @param name what was looked at, such as {@code Maven}; empty until {@link #of} says it
 * @param found what is there, in words
 * @param fix what to do about it; empty when all is well
 */
record CheckResult(String name, Status status, String found, String fix) {
    /** What it means for a run. */
    enum Status {
        OK,
        /** A run works, but not as well as it could. */
        WARN,
        /** A run will fail. */
        FAIL,
        /** Not looked at, since its target is not known. */
        SKIPPED
    }

    static CheckResult ok(String found) {
        return new CheckResult("", Status.OK, found, "");
    }

    static CheckResult warn(String found, String fix) {
        return new CheckResult("", Status.WARN, found, fix);
    }

    static CheckResult fail(String found, String fix) {
        return new CheckResult("", Status.FAIL, found, fix);
    }

    static CheckResult skipped(String found, String fix) {
        return new CheckResult("", Status.SKIPPED, found, fix);
    }

    /** @param what was looked at */
    CheckResult of(String what) {
        return new CheckResult(what, status, found, fix);
    }
}
