package io.imaas.adapter.cel;

import dev.cel.common.ast.CelExpr;
import dev.cel.runtime.CelEvaluationListener;
import java.util.Collection;
import java.util.Map;

/**
 * What expressions may cost, in steps, as an API server bounds it: each part of an expression that is evaluated is one, and
 * each ten characters or items that a call makes are another. Not safe for use by several threads.
 */
final class Budget implements CelEvaluationListener {
    private static final long EXPRESSION = 1_000_000;
    private static final long ALL = 10_000_000;

    private long expression;
    private long all;

    void begin() {
        expression = 0;
    }

    @Override
    public void callback(CelExpr part, Object value) {
        long steps = 1 + (part.getKind() == CelExpr.ExprKind.Kind.CALL ? size(value) / 10 : 0);
        expression += steps;
        all += steps;
        if (expression > EXPRESSION || all > ALL) {
            throw new GivenUp("it costs more than "
                    + (expression > EXPRESSION ? EXPRESSION + " steps" : ALL + " steps with all others"));
        }
    }

    private static long size(Object value) {
        if (value instanceof CharSequence text) {
            return text.length();
        }
        if (value instanceof Collection<?> list) {
            return list.size();
        }
        return value instanceof Map<?, ?> map ? map.size() : 0;
    }
}
