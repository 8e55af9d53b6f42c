package io.imaas.run;

import io.imaas.plan.step.PlannedStep;
import java.lang.reflect.ParameterizedType;
import java.util.Arrays;

/**
 * Does one kind of step. It is stateless, idempotent, and never waits: it returns {@link Outcome.Waiting} and is called
 * again. A {@link io.imaas.model.failure.FailureException} is turned into {@link Outcome.Failed} by the caller.
 */
public interface StepRunner<S extends PlannedStep> {
    /** What it does, as its type says: {@code implements StepRunner<KIND>}. */
    @SuppressWarnings("unchecked")
    default Class<S> kind() {
        return Arrays.stream(getClass().getGenericInterfaces())
                .filter(type -> type instanceof ParameterizedType of && of.getRawType() == StepRunner.class)
                .map(type -> (Class<S>) ((ParameterizedType) type).getActualTypeArguments()[0])
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(getClass() + " does not say which steps it does"));
    }

    /**
     * Refuses a step that cannot end well as things are, such as one without its secret: called for every step of an
     * onboarding before the first of them begins. It asks no server.
     */
    default void require(S step) {}

    Outcome run(S step, StepContext context);

    /**
     * Takes back what a step changed; asked only of kinds that say {@link PlannedStep#isUndone}. As {@link #run}: it may
     * be called again, and does not wait. What has to remain is a warning that says why.
     *
     * @param ended how the step ended: what it changed is in its effects
     */
    default Outcome undo(S step, Outcome ended, StepContext context) {
        throw new IllegalStateException("nobody knows the inverse of " + step.title());
    }
}
