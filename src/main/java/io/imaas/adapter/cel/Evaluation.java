package io.imaas.adapter.cel;

import dev.cel.common.exceptions.CelAttributeNotFoundException;
import dev.cel.common.exceptions.CelInvalidArgumentException;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelVariableResolver;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Evaluates compiled expressions with values for their names. Not safe for use by several threads. */
final class Evaluation {
    /** How cel-java begins what it says of a field of a number or a text, which has the same code as a key that is missing. */
    private static final String FIELD_OF_NO_MAP = "Error resolving field";

    private final Map<String, Object> values = new HashMap<>();
    private final Map<String, Language.Compiled> variables = new HashMap<>();
    private final Budget budget;

    Evaluation(Budget budget) {
        this.budget = budget;
    }

    /**
     * What an expression came to: a value, or why it failed.
     *
     * @param certain whether the API server fails with it, too: what is of another type than ours expects may have a value there
     */
    record Result(Object value, String problem, boolean certain) {
        boolean failed() {
            return !problem.isEmpty();
        }

        boolean isTrue() {
            return Boolean.TRUE.equals(value);
        }
    }

    Evaluation with(String name, Object plain) {
        values.put(name, Values.of(plain));
        return this;
    }

    /** Evaluated when an expression asks for it, and then once. */
    Evaluation with(String name, Language.Compiled variable) {
        variables.put(name, variable);
        return this;
    }

    /** @throws GivenUp when the budget is spent */
    Result of(Language.Compiled expression) {
        budget.begin();
        return once(expression);
    }

    private Result once(Language.Compiled expression) {
        try {
            CelVariableResolver names = this::find;
            return new Result(expression.program().trace(names, budget), "", true);
        } catch (CelEvaluationException e) {
            return new Result(null, words(e), isCertain(e));
        } catch (StackOverflowError e) {
            throw new GivenUp("it needs more depth than there is");
        }
    }

    private Optional<Object> find(String name) {
        Language.Compiled variable = variables.get(name);
        if (variable != null && !values.containsKey(name)) {
            Result result = once(variable);
            if (result.failed()) {
                // Fails as an expression of its own would, so that || and && treat it alike.
                String problem = name + ": " + result.problem();
                throw result.certain()
                        ? CelAttributeNotFoundException.of(problem)
                        : new CelInvalidArgumentException(problem);
            }
            values.put(name, result.value());
        }
        return Optional.ofNullable(values.get(name));
    }

    private static boolean isCertain(CelEvaluationException e) {
        return switch (e.getErrorCode()) {
            case DIVIDE_BY_ZERO, INDEX_OUT_OF_BOUNDS, NUMERIC_OVERFLOW -> true;
            case ATTRIBUTE_NOT_FOUND -> !words(e).startsWith(FIELD_OF_NO_MAP);
            default -> false;
        };
    }

    private static String words(CelEvaluationException e) {
        String message = String.valueOf(e.getMessage()).replaceFirst("^evaluation error at <input>:\\d+: ", "");
        Throwable root = root(e);
        return root instanceof IllegalArgumentException ? String.valueOf(root.getMessage()) : message;
    }

    private static Throwable root(Throwable e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }
}
