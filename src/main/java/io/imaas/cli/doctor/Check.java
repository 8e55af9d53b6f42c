package io.imaas.cli.doctor;

import io.imaas.model.source.CheckResult;

/** Looks at one thing that a run will need. */
interface Check {
    /** What is looked at. */
    String name();

    /** May throw a {@link io.imaas.model.failure.FailureException}, which means that a run will fail. */
    CheckResult look();

    /** A check whose target was not given. */
    static Check skipped(String name, String found, String fix) {
        return of(name, () -> CheckResult.skipped(name, found, fix));
    }

    static Check of(String name, java.util.function.Supplier<CheckResult> look) {
        return new Check() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public CheckResult look() {
                return look.get();
            }
        };
    }
}
