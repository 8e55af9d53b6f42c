package io.imaas.run;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import java.util.List;

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
        if (outage != null) {
            return Outcome.failed(outage);
        }
        if (step instanceof NotNeeded notNeeded) {
            return Outcome.skipped(notNeeded.reason());
        }
        try {
            return runners.run(step, context);
        } catch (FailureException e) {
            return new Outcome.Failed(e.failure(), List.of(), e.effects());
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            return Outcome.failed(defect(e, step.title()));
        }
    }

    private static Failure defect(Throwable cause, String where) {
        StackTraceElement[] trace = cause.getStackTrace();
        String at = trace.length > 0 ? " at " + trace[0] : "";
        return new Failure(
                FailureKind.DEFECT, cause + at, where, "this is a defect of the orchestrator: please report it");
    }
}
