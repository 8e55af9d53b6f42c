package io.imaas.run;

import io.imaas.plan.step.PlannedStep;

/**
 * A step that is to be attempted now.
 *
 * @param context what the attempt may ask of its run
 */
public record DueStep(PlannedStep step, StepContext context) {
    /** Makes one attempt. Never throws: what goes wrong is an outcome. */
    public Outcome attempt(StepRunners runners) {
        return Attempt.of(step, runners, context);
    }
}
