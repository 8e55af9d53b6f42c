package io.imaas.testing;

import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import java.util.List;
import java.util.Optional;

/** A step alone: no earlier steps, nobody who watches. */
public final class Silence implements StepContext {
    @Override
    public Optional<Outcome> outcome(String stepId) {
        return Optional.empty();
    }

    @Override
    public <T extends StepOutput> T output(String stepId, Class<T> type) {
        throw new AssertionError(List.of(stepId, type));
    }

    @Override
    public void log(String line) {}
}
