package io.imaas.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How the steps of one run ended, by step id; written by all threads of a bucket. */
final class StepResults {
    private final Map<String, Outcome> outcomes = new ConcurrentHashMap<>();

    void put(String stepId, Outcome outcome) {
        outcomes.put(stepId, outcome);
    }

    Optional<Outcome> outcome(String stepId) {
        return Optional.ofNullable(outcomes.get(stepId));
    }

    Map<String, StepOutput> outputs() {
        Map<String, StepOutput> outputs = new HashMap<>();
        outcomes.forEach((id, outcome) -> outcome.handedOver().ifPresent(output -> outputs.put(id, output)));
        return outputs;
    }
}
