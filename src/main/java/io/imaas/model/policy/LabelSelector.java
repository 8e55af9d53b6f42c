package io.imaas.model.policy;

import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * Kubernetes' label selector. All requirements must hold; one without requirements selects everything.
 */
public record LabelSelector(List<Requirement> requirements) implements Serializable {
    public static final LabelSelector EVERYTHING = new LabelSelector(List.of());

    public LabelSelector {
        requirements = List.copyOf(requirements);
    }

    public enum Operator {
        IN,
        NOT_IN,
        EXISTS,
        DOES_NOT_EXIST
    }

    /** @param values none where only the key counts */
    public record Requirement(String key, Operator operator, List<String> values) implements Serializable {
        public Requirement {
            values = List.copyOf(values);
        }

        boolean holds(Map<?, ?> labels) {
            Object value = labels.get(key);
            return switch (operator) {
                case IN -> value != null && values.contains(String.valueOf(value));
                case NOT_IN -> value == null || !values.contains(String.valueOf(value));
                case EXISTS -> labels.containsKey(key);
                case DOES_NOT_EXIST -> !labels.containsKey(key);
            };
        }
    }

    public boolean selects(Map<?, ?> labels) {
        return requirements.stream().allMatch(requirement -> requirement.holds(labels));
    }
}
