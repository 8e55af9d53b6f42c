package io.imaas.run;

/** What a step may ask of the run it is part of. */
public interface StepContext {
    /**
     * What an earlier step handed over.
     *
     * @throws io.imaas.model.FailureException DEFECT when that step gave no such thing
     */
    <T extends StepOutput> T output(String stepId, Class<T> type);

    /** A line for whoever watches this step: program output, progress. */
    void log(String line);
}
