package io.imaas.model.policy;

import java.io.Serializable;

/**
 * A rule of a policy: whatever the expression does not hold for is refused.
 *
 * @param message told with a refusal, or empty
 * @param messageExpression makes the message and comes before it, or null
 * @param reason a word for machines, such as {@code Forbidden}, or empty
 */
public record Validation(Expression expression, String message, Expression messageExpression, String reason)
        implements Serializable {}
