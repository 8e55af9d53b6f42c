package io.imaas.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How the steps of one run ended, by step id; written by all threads of a group. */
public final class StepResults {
    private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();

    public void put(String stepId, Outcome outcome) {
        outcomes.put(stepId, outcome);
    }

    public Optional<Outcome> outcome(String stepId) {
        return Optional.ofNullable(outcomes.get(stepId));
    }

    /** What later steps can take. */
    public Map<String, StepOutput> outputs() {
        Map<String, StepOutput> outputs = new HashMap<>();
        outcomes.forEach((id, outcome) -> outcome.handedOver().ifPresent(output -> outputs.put(id, output)));
        return outputs;
    }
}
