package io.imaas.run;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.Problem;
import io.imaas.model.rollout.RolloutStatus;
import java.io.Serializable;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** How a step ended, or that it has not yet. */
public sealed interface Outcome extends Serializable {
    /** What later steps need of it. */
    default Optional<StepOutput> handedOver() {
        return Optional.empty();
    }

    /** What the step changed in the world, also when it failed midway. */
    default List<Effect> effects() {
        return List.of();
    }

    /**
     * Done.
     *
     * @param output what later steps need, or null
     * @param warnings make the run unstable
     */
    record Succeeded(StepOutput output, List<Effect> effects, List<Problem> warnings) implements Outcome {
        public Succeeded {
            effects = List.copyOf(effects);
            warnings = List.copyOf(warnings);
        }

        @Override
        public Optional<StepOutput> handedOver() {
            return Optional.ofNullable(output);
        }
    }

    /**
     * Not done, and that is all right.
     *
     * @param output what later steps need all the same, or null
     * @param unstable whether people should look at it
     */
    record Skipped(String reason, StepOutput output, boolean unstable) implements Outcome {
        @Override
        public Optional<StepOutput> handedOver() {
            return Optional.ofNullable(output);
        }
    }

    /**
     * Not ended: ask again after a while.
     *
     * @param standing how far what is waited for is, as it was read for this answer; null when there is no more to say
     */
    record Waiting(String reason, Duration pollAfter, RolloutStatus.InProgress standing) implements Outcome {
        /** Where the reason says all there is. */
        public Waiting(String reason, Duration pollAfter) {
            this(reason, pollAfter, null);
        }
    }

    /**
     * Not done.
     *
     * @param effects what was changed before it failed
     */
    record Failed(Failure failure, List<Problem> problems, List<Effect> effects) implements Outcome {
        public Failed {
            problems = List.copyOf(problems);
            effects = List.copyOf(effects);
        }

        /** One that changed nothing. */
        public Failed(Failure failure, List<Problem> problems) {
            this(failure, problems, List.of());
        }
    }

    static Outcome done(StepOutput output, List<Effect> effects) {
        return new Succeeded(output, effects, List.of());
    }

    static Outcome skipped(String reason) {
        return new Skipped(reason, null, false);
    }

    static Outcome failed(Failure failure) {
        return new Failed(failure, List.of());
    }

    /** The same, together with what earlier attempts of the step changed: a thing is told once, as it first changed. */
    default Outcome after(List<Effect> earlier) {
        if (earlier.isEmpty()) {
            return this;
        }
        Map<String, Effect> all = new LinkedHashMap<>();
        Stream.concat(earlier.stream(), effects().stream())
                .forEach(effect -> all.merge(
                        effect.type() + " " + effect.name(),
                        effect,
                        (first, later) -> first.isChange() ? first : later));
        List<Effect> effects = List.copyOf(all.values());
        if (this instanceof Failed failed) {
            return new Failed(failed.failure(), failed.problems(), effects);
        }
        return this instanceof Succeeded done ? new Succeeded(done.output(), effects, done.warnings()) : this;
    }
}
