package io.imaas.run;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.Problem;
import io.imaas.model.rollout.RolloutStatus;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How a step ended, or that it has not yet. */
public sealed interface Outcome extends Serializable {
    /** What later steps need of it. */
    default Optional<StepOutput> handedOver() {
        return Optional.empty();
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

    /** Not done. */
    record Failed(Failure failure, List<Problem> problems) implements Outcome {
        public Failed {
            problems = List.copyOf(problems);
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
}
