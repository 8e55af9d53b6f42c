package io.imaas.model.policy;

import io.imaas.model.failure.Location;
import io.imaas.model.policy.AdmissionPolicy.Expression;
import java.io.Serializable;
import java.util.List;
import java.util.Map;

/**
 * A ValidatingAdmissionPolicy ({@code admissionregistration.k8s.io/v1}).
 *
 * @param failsClosed whether an expression that fails refuses the object ({@code failurePolicy: Fail}, the default)
 * @param parameters the kind of its parameters as {@code v1/ConfigMap}, or empty when it has none
 * @param conditions all must hold, or the policy is not about the object
 * @param variables each may use those before it
 * @param fields the whole object as it is applied to a cluster
 */
public record AdmissionPolicy(
        String name,
        Location where,
        boolean failsClosed,
        String parameters,
        MatchRules constraints,
        List<Expression> conditions,
        List<Expression> variables,
        List<Validation> validations,
        Map<String, Object> fields)
        implements Serializable {
    /** The only kind of parameters that is read from the platform repository. */
    public static final String CONFIG_MAP = "v1/ConfigMap";

    public AdmissionPolicy {
        conditions = List.copyOf(conditions);
        variables = List.copyOf(variables);
        validations = List.copyOf(validations);
    }

    /**
     * An expression in CEL, and where it stands.
     *
     * @param name of a variable or a match condition; empty where it has none
     */
    public record Expression(String name, String text, Location where) implements Serializable {}

    /**
     * A rule of a policy: whatever the expression does not hold for is refused.
     *
     * @param message told with a refusal, or empty
     * @param messageExpression makes the message and comes before it, or null
     * @param reason a word for machines, such as {@code Forbidden}, or empty
     */
    public record Validation(Expression expression, String message, Expression messageExpression, String reason)
            implements Serializable {}
}
