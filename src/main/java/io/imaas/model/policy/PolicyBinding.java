package io.imaas.model.policy;

import io.imaas.model.failure.Location;
import io.imaas.model.policy.PolicySet.PolicyParameters;
import java.io.Serializable;
import java.util.Map;
import java.util.Set;

/**
 * A ValidatingAdmissionPolicyBinding: puts a policy into force.
 *
 * @param parameters which objects the policy gets as {@code params}; null: none
 * @param fields the whole object as it is applied to a cluster
 */
public record PolicyBinding(
        String name,
        Location where,
        String policy,
        ParameterReference parameters,
        MatchRules matches,
        Set<Action> actions,
        Map<String, Object> fields)
        implements Serializable {
    public PolicyBinding {
        actions = Set.copyOf(actions);
    }

    /** What becomes of an object that the policy says no to. */
    public enum Action {
        DENY,
        WARN,
        AUDIT
    }

    /**
     * @param name empty: by the selector
     * @param namespace empty: that of the object
     * @param required whether an object is refused when there is no parameter
     */
    public record ParameterReference(String name, LabelSelector selector, String namespace, boolean required)
            implements Serializable {
        /** Whether it means this one, for an object in that namespace. */
        public boolean means(PolicyParameters one, String objectNamespace) {
            return one.namespace().equals(namespace.isEmpty() ? objectNamespace : namespace)
                    && (name.isEmpty() ? selector.selects(one.labels()) : name.equals(one.name()));
        }
    }
}
