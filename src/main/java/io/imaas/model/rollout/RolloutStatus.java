package io.imaas.model.rollout;

import java.io.Serializable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

public sealed interface RolloutStatus extends Serializable {
    /**
     * Not ended yet.
     *
     * @param phase one word of the rollout's state machine
     * @param waitingFor what it waits for, a sentence
     * @param since when this phase began
     * @param resources one line each: name and state of what is not done yet
     * @param done how many of the resources are as they should be
     * @param total how many there are; 0 when nobody knows
     * @param usual how long earlier rollouts took in all, or null when there is no experience
     */
    record InProgress(
            String phase, String waitingFor, Instant since, List<String> resources, int done, int total, Duration usual)
            implements RolloutStatus {
        public InProgress {
            resources = List.copyOf(resources);
        }

        /** Where resources are not counted and nothing is known of earlier rollouts. */
        public InProgress(String phase, String waitingFor, Instant since, List<String> resources) {
            this(phase, waitingFor, since, resources, 0, 0, null);
        }
    }

    record Ended(RolloutOutcome outcome) implements RolloutStatus {}
}
