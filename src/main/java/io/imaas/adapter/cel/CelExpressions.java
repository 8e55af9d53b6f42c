package io.imaas.adapter.cel;

import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import io.imaas.model.policy.AdmissionPolicy.Expression;
import io.imaas.port.Expressions;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@link Expressions} in this process, with the functions and limits of admission policies. */
public final class CelExpressions implements Expressions {
    /** Loaded with the first expression: every command has this port, and few ask it. */
    private static final class Loaded {
        private static final Language LANGUAGE = Language.ofKubernetes();
    }

    @Override
    public Optional<String> problem(Expression expression, Gives gives, Set<String> names) {
        try {
            compiled(expression, gives, names);
            return Optional.empty();
        } catch (Language.Uncompiled e) {
            return Optional.of(e.getMessage());
        }
    }

    @Override
    public Result evaluate(Expression expression, Gives gives, Map<String, Object> names) {
        try {
            Evaluation evaluation = new Evaluation(new Budget());
            names.forEach(evaluation::with);
            Evaluation.Result result = evaluation.of(compiled(expression, gives, names.keySet()));
            return new Result(result.value(), result.problem());
        } catch (Language.Uncompiled | GivenUp e) {
            return new Result(null, e.getMessage());
        }
    }

    private Language.Compiled compiled(Expression expression, Gives gives, Set<String> names) {
        CelType type = gives == Gives.TRUTH ? SimpleType.BOOL : SimpleType.STRING;
        return Loaded.LANGUAGE.knowing(names.toArray(String[]::new)).compile(expression, type);
    }
}
