package io.imaas.run;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** What a step may ask of the run it is part of. */
public interface StepContext {
    /**
     * What an earlier step handed over.
     *
     * @throws io.imaas.model.failure.FailureException DEFECT when that step gave no such thing
     */
    <T extends StepOutput> T output(String stepId, Class<T> type);

    /** How an earlier step ended; empty when it has not, or was never begun. */
    Optional<Outcome> outcome(String stepId);

    /**
     * Since when this step is being done, or empty when nobody knows. A run that outlives its process gives the moment of
     * the first time, so that what has a limit has it once.
     */
    default Optional<Instant> startedAt() {
        return Optional.empty();
    }

    /** What the step keeps from one attempt to the next, in this process; made by {@code first} where there is none. */
    default <T> T kept(Class<T> type, Supplier<T> first) {
        return first.get();
    }

    /** A line for whoever watches this step: program output, progress. */
    void log(String line);
}
