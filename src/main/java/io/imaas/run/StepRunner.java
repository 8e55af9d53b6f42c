package io.imaas.run;

import io.imaas.plan.step.PlannedStep;

/**
 * Does one kind of step. It is stateless, idempotent, and never waits: it returns {@link Outcome.Waiting} and is called
 * again. A {@link io.imaas.model.failure.FailureException} is turned into {@link Outcome.Failed} by the caller.
 */
public interface StepRunner<S extends PlannedStep> {
    Class<S> kind();

    Outcome run(S step, StepContext context);
}
