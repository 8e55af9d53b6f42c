package io.imaas.model.rollout;

import java.io.Serializable;
import java.util.List;

/** What a service says of itself when it is asked. */
public sealed interface ProbeResult extends Serializable {
    /**
     * It runs what it should.
     *
     * @param evidence one line for people; empty when nobody was asked
     */
    record Well(String evidence) implements ProbeResult {}

    /**
     * It answered, and something is wrong with it.
     *
     * @param faults one sentence each, never empty
     */
    record Faulty(List<String> faults) implements ProbeResult {
        public Faulty {
            faults = List.copyOf(faults);
        }
    }

    /**
     * It gave no answer that says anything about it: not reached, or not yet what it should be.
     *
     * @param reason what is being waited for, with the reason
     */
    record Silent(String reason) implements ProbeResult {}

    /**
     * It does not let us ask.
     *
     * @param reason who refuses what
     */
    record Denied(String reason) implements ProbeResult {}
}
