package io.imaas.model.policy;

import io.imaas.model.failure.Location;
import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All admission policies of a platform. A policy without a binding is not in force. */
public record PolicySet(List<AdmissionPolicy> policies, List<PolicyBinding> bindings, List<PolicyParameters> parameters)
        implements Serializable {
    public static final PolicySet NONE = new PolicySet(List.of(), List.of(), List.of());

    public PolicySet {
        policies = List.copyOf(policies);
        bindings = List.copyOf(bindings);
        parameters = List.copyOf(parameters);
    }

    public boolean isEmpty() {
        return policies.isEmpty() && bindings.isEmpty();
    }

    public Optional<AdmissionPolicy> policy(String name) {
        return policies.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    /**
     * A ConfigMap that policies are parameterised with.
     *
     * @param fields the whole object as it is applied to a cluster
     */
    public record PolicyParameters(
            String name, String namespace, Location where, Map<String, Object> labels, Map<String, Object> fields)
            implements Serializable {}
}
