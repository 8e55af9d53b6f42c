package io.imaas.run;

import io.imaas.model.failure.Failure;
import io.imaas.plan.step.PlannedStep;

/**
 * A step that is to be attempted now.
 *
 * @param context what the attempt may ask of its run
 * @param outage why it is not even tried; null: it is
 */
public record DueStep(PlannedStep step, StepContext context, Failure outage) {
    /** One that is tried. */
    public DueStep(PlannedStep step, StepContext context) {
        this(step, context, null);
    }

    /** Makes one attempt. Never throws: what goes wrong is an outcome. */
    public Outcome attempt(StepRunners runners) {
        return outage == null ? Attempt.of(step, runners, context) : Outcome.failed(outage);
    }
}
