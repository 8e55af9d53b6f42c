package io.imaas.port;

import io.imaas.model.failure.Problem;
import io.imaas.model.kubernetes.Manifest;
import io.imaas.model.policy.PolicySet;
import io.imaas.model.policy.PolicyVerdict;
import java.util.List;
import java.util.Map;

/** Asks admission policies what an API server with these policies would say. Neither method throws for what a policy holds. */
public interface AdmissionPolicies {
    /** Expressions that don't compile, or that only an API server can evaluate, each at its place. */
    List<Problem> problems(PolicySet policies);

    /** All that the policies in force have against the objects; empty when they let all of them in. */
    List<PolicyVerdict> review(PolicySet policies, Question question);

    /**
     * May these objects of a service come into its namespace?
     *
     * @param namespace the Namespace object, as onboarding makes it
     * @param before what the service's objects are now; those that are not among the coming ones go
     * @param coming what they would be
     */
    record Question(Map<String, Object> namespace, List<Manifest> before, List<Manifest> coming) {
        public Question {
            before = List.copyOf(before);
            coming = List.copyOf(coming);
        }
    }
}
