package io.imaas.model;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/** Where a rollout stands. */
public sealed interface RolloutStatus extends Serializable {
    /**
     * Not ended yet.
     *
     * @param phase one word of the rollout's state machine
     * @param waitingFor what it waits for, a sentence
     * @param since when this phase began
     * @param resources one line each: name and state of what is not done yet
     */
    record InProgress(String phase, String waitingFor, Instant since, List<String> resources) implements RolloutStatus {
        public InProgress {
            resources = List.copyOf(resources);
        }
    }

    /** Ended. */
    record Ended(RolloutOutcome outcome) implements RolloutStatus {}
}
