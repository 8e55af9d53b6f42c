package io.imaas.run;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.plan.step.NotNeeded;
import io.imaas.plan.step.PlannedStep;
import java.util.List;

/** One attempt at one step, with everything that can go wrong as an outcome. */
final class Attempt {
    private Attempt() {}

    static Outcome of(PlannedStep step, StepRunners runners, StepContext context) {
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
