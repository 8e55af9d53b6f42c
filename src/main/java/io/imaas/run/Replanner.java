package io.imaas.run;

import io.imaas.plan.step.PlannedStep;
import java.util.Optional;

/** Plans a step again on the world as it is now, after somebody else changed the same thing. */
@FunctionalInterface
public interface Replanner {
    /** Nobody plans again: a conflict ends the step. */
    Replanner NONE = step -> Optional.empty();

    /**
     * The step of the same id as it would be planned now; empty when it is not to be done any more, or a gate has closed.
     * May take its time; a {@link io.imaas.model.failure.FailureException} ends the step.
     */
    Optional<PlannedStep> again(PlannedStep step);
}
