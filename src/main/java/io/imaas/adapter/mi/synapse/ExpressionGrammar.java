package io.imaas.adapter.mi.synapse;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * Reads an expression as the runtime's own grammar does. It is ambiguous (a {@code :} of a slice may be that of a
 * condition), so every rule tells all the places at which it may end: behind which token.
 */
final class ExpressionGrammar {
    private static final Set<String> OPERATORS =
            Set.of("+", "-", "*", "/", "%", "<", ">", "<=", ">=", "==", "!=", "and", "or");
    private static final Set<String> LITERALS = Set.of("TEXT", "NUMBER", "BOOLEAN", "null");
    /** Words of the language that may also be names. The others may not: {@code vars.size}, {@code payload.in}. */
    private static final Set<String> NAMES = Set.of(
            "NAME",
            "vars",
            "payload",
            "headers",
            "configs",
            "params",
            "props",
            "PARAMS",
            "PROPS",
            "FUNCTION",
            "registry",
            "MAKER",
            "property");
    /** What a filter takes one by one, in any order. */
    private static final Set<String> FILTER =
            Set.of("? @ . , : ( ) ! + - * / < > <= >= == != and or TEXT NUMBER BOOLEAN NAME TEST".split(" "));

    private final List<ExpressionToken> tokens;
    private final Map<String, Set<Integer>> known = new HashMap<>();
    private int furthest;

    ExpressionGrammar(List<ExpressionToken> tokens) {
        this.tokens = tokens;
    }

    /** Whether a value must stand behind it. */
    static boolean wantsValue(ExpressionToken token) {
        return OPERATORS.contains(token.kind()) || "([,?:".contains(token.kind());
    }

    /** Whether the whole text is one expression. */
    boolean matches() {
        return expression(Set.of(0)).contains(tokens.size());
    }

    /** The number of the first token that fits nowhere; as many as there are tokens when more had to follow. */
    int furthest() {
        return furthest;
    }

    private Set<Integer> expression(Set<Integer> from) {
        return each("expression", from, start -> {
            Set<Integer> value = many(factor(start), end -> factor(token(end, OPERATORS)));
            return either(value, expression(token(expression(token(value, "?")), ":")));
        });
    }

    private Set<Integer> factor(Set<Integer> from) {
        return either(
                token(from, LITERALS), list(from, "[", "]"), access(from), token(expression(token(from, "(")), ")"));
    }

    /** What reads a value: a filter knows it too. */
    private Set<Integer> access(Set<Integer> from) {
        Set<Integer> payload = token(from, "payload");
        Set<Integer> scoped = name(either(
                token(from, "headers", "configs"),
                token(token(token(from, "params"), "."), "PARAMS"),
                token(token(token(from, "props"), "."), "PROPS")));
        Set<Integer> vars = token(from, "vars");
        Set<Integer> variable = either(name(vars), token(token(vars, "."), "TEXT"));
        Set<Integer> entry = list(token(from, "registry"), "(", ")");
        Set<Integer> result = list(token(from, "FUNCTION"), "(", ")");
        Set<Integer> made = list(token(from, "MAKER"), "(", ")");
        return either(
                payload,
                scoped,
                variable,
                entry,
                result,
                made,
                path(either(payload, variable, entry, result, made)),
                list(property(result), "(", ")"),
                token(values(token(property(entry), "(")), ")"));
    }

    private Set<Integer> name(Set<Integer> from) {
        Set<Integer> dot = token(from, ".");
        return either(token(dot, NAMES), token(token(token(either(from, dot), "["), "TEXT"), "]"));
    }

    private Set<Integer> property(Set<Integer> from) {
        return token(token(from, "."), "property");
    }

    private Set<Integer> list(Set<Integer> from, String open, String close) {
        Set<Integer> start = token(from, open);
        return token(either(start, values(start)), close);
    }

    private Set<Integer> values(Set<Integer> from) {
        return many(expression(from), end -> expression(token(end, ",")));
    }

    private Set<Integer> path(Set<Integer> from) {
        return many(step(from), this::step);
    }

    private Set<Integer> step(Set<Integer> from) {
        Set<Integer> dot = token(from, ".");
        return either(
                token(dot, "STEP", "*"),
                token(dot, NAMES),
                token(token(from, ".."), "*", "NAME"),
                token(index(token(either(from, dot), "[")), "]"));
    }

    private Set<Integer> index(Set<Integer> from) {
        return each("index", from, start -> {
            Set<Integer> bound = either(start, expression(either(start, token(start, "-"))));
            Set<Integer> second = token(bound, ":");
            Set<Integer> slice = either(second, expression(either(second, token(second, "-"))));
            Set<Integer> third = token(slice, ":");
            Set<Integer> filter = token(either(start, token(start, "?")), "(");
            return either(
                    token(start, "*"),
                    values(start),
                    slice,
                    third,
                    expression(either(third, token(third, "-"))),
                    token(many(filtered(filter), this::filtered), ")"));
        });
    }

    private Set<Integer> filtered(Set<Integer> from) {
        return either(token(from, FILTER), access(from));
    }

    private Set<Integer> token(Set<Integer> from, String... kinds) {
        return token(from, Set.of(kinds));
    }

    private Set<Integer> token(Set<Integer> from, Set<String> kinds) {
        Set<Integer> ends = new TreeSet<>();
        for (int at : from) {
            furthest = Math.max(furthest, at);
            if (at < tokens.size() && kinds.contains(tokens.get(at).kind())) {
                ends.add(at + 1);
            }
        }
        return ends;
    }

    /** A rule that may stand within itself: read once at each place. */
    private Set<Integer> each(String rule, Set<Integer> from, UnaryOperator<Set<Integer>> read) {
        Set<Integer> ends = new TreeSet<>();
        for (int start : from) {
            String place = rule + start;
            Set<Integer> found = known.get(place);
            if (found == null) {
                found = read.apply(Set.of(start));
                known.put(place, found);
            }
            ends.addAll(found);
        }
        return ends;
    }

    private static Set<Integer> many(Set<Integer> first, UnaryOperator<Set<Integer>> next) {
        Set<Integer> all = new TreeSet<>(first);
        for (Set<Integer> more = first; !more.isEmpty(); ) {
            Set<Integer> ends = new TreeSet<>(next.apply(more));
            ends.removeIf(end -> !all.add(end));
            more = ends;
        }
        return all;
    }

    @SafeVarargs
    private static Set<Integer> either(Set<Integer>... ends) {
        Set<Integer> all = new TreeSet<>();
        for (Set<Integer> one : ends) {
            all.addAll(one);
        }
        return all;
    }
}
