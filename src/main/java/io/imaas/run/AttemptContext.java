package io.imaas.run;

import io.imaas.model.failure.FailureException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What an attempt sees of its run, wherever the attempt is made.
 *
 * @param stepId of the step that is attempted
 * @param results how the steps before it ended
 * @param begun since when the step is being done, or null
 * @param memory of the step, in this process
 * @param lines takes what the step says
 */
public record AttemptContext(
        String stepId, StepResults results, Instant begun, Map<Class<?>, Object> memory, Consumer<String> lines)
        implements StepContext {
    @Override
    public <T extends StepOutput> T output(String earlier, Class<T> type) {
        StepOutput output =
                results.outcome(earlier).flatMap(Outcome::handedOver).orElse(null);
        if (!type.isInstance(output)) {
            throw FailureException.defect(
                    "step " + stepId + " needs " + type.getSimpleName() + " of step " + earlier + ", known: "
                            + results.outputs().keySet(),
                    null);
        }
        return type.cast(output);
    }

    @Override
    public Optional<Outcome> outcome(String earlier) {
        return results.outcome(earlier);
    }

    @Override
    public Optional<Instant> startedAt() {
        return Optional.ofNullable(begun);
    }

    @Override
    public <T> T kept(Class<T> type, Supplier<T> first) {
        return type.cast(memory.computeIfAbsent(type, unknown -> first.get()));
    }

    @Override
    public void log(String line) {
        lines.accept(line);
    }
}
