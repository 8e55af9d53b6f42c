package io.imaas.cli.doctor;

import java.util.function.Supplier;

/**
 * Looks at one thing that a run will need.
 *
 * @param name of what is looked at
 * @param look may throw a {@link io.imaas.model.failure.FailureException}, which means that a run will fail
 */
record Check(String name, Supplier<CheckResult> look) {}
