package io.imaas.port;

import io.imaas.model.policy.AdmissionPolicy.Expression;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Evaluates expressions in CEL. Neither method throws for what an expression holds. */
public interface Expressions {
    /** What an expression must give. */
    enum Gives {
        TRUTH,
        TEXT
    }

    /** Why it can't be evaluated with such names; empty when it can. */
    Optional<String> problem(Expression expression, Gives gives, Set<String> names);

    Result evaluate(Expression expression, Gives gives, Map<String, Object> names);

    /**
     * @param value null when it failed
     * @param problem why it failed, or empty
     */
    record Result(Object value, String problem) {}
}
