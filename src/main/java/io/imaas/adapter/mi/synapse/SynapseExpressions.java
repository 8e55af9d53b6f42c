package io.imaas.adapter.mi.synapse;

import io.imaas.adapter.mi.source.Similarity;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What is wrong with a <code>${…}</code>, in words that help. */
final class SynapseExpressions {
    private static final Pattern EMBEDDED = Pattern.compile("\\$\\{(.+?)}");
    /** What stands before a name that is missing. */
    private static final Pattern SCOPE = Pattern.compile("(?<![\\w.-])((?:vars|headers|configs)"
            + "|prop(?:ertie)?s(?:\\.(?:axis2|synapse))?|params(?:\\.(?:query|path|function)Params)?)[.\\[]*+$");

    private static final ExpressionToken END = new ExpressionToken("END", "-");

    private SynapseExpressions() {}

    /** Why an expression without its <code>${}</code> cannot be read; empty when only the runtime can tell. */
    static Optional<String> faultOf(String expression) {
        if (expression.isBlank()) {
            return Optional.of("the expression is empty");
        }
        try {
            List<ExpressionToken> tokens = ExpressionToken.of(expression);
            ExpressionGrammar grammar = new ExpressionGrammar(tokens);
            return grammar.matches() ? Optional.empty() : Optional.of(fault(expression, tokens, grammar.furthest()));
        } catch (StackOverflowError e) {
            return Optional.of("the expression is nested too deep");
        }
    }

    private static String fault(String expression, List<ExpressionToken> tokens, int place) {
        Matcher scope = SCOPE.matcher(
                tokens.subList(0, place).stream().map(ExpressionToken::text).collect(Collectors.joining()));
        ExpressionToken at = place < tokens.size() ? tokens.get(place) : END;
        boolean behindDot = place > 0 && tokens.get(place - 1).kind().equals(".");
        if (behindDot && Character.isLetter(at.text().charAt(0)) && !at.kind().equals("NAME")) {
            return "'" + at.text() + "' is a word of the language and no name; write ['" + at.text() + "']";
        }
        if (scope.find()) {
            return "'" + scope.group(1) + "' is no value of its own; write " + named(scope.group(1));
        }
        if (at.equals(END)) {
            return "the expression '" + expression + "' ends too early";
        }
        if (at.kind().equals("!")) {
            return "there is no operator '!'; write not(…)";
        }
        if (at.kind().equals("NAME") && (place == 0 || ExpressionGrammar.wantsValue(tokens.get(place - 1)))) {
            return "no expression begins with '" + at.text() + "'"
                    + Similarity.nearest(at.text(), ExpressionToken.BEGINNINGS)
                            .map(meant -> "; did you mean '" + meant + "'?")
                            .orElse("; write vars." + at.text() + " or payload." + at.text());
        }
        return "the expression '" + expression + "' cannot be read from '" + at.text() + "' on";
    }

    private static String named(String scope) {
        return switch (scope) {
            case "props", "properties" -> scope + ".synapse.NAME or " + scope + ".axis2.NAME";
            case "params" -> "params.queryParams.NAME, params.pathParams.NAME or params.functionParams.NAME";
            default -> scope + ".NAME";
        };
    }

    /** The first fault of the expressions within a text. */
    static Optional<String> faultIn(String text) {
        return EMBEDDED.matcher(text)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .flatMap(expression -> faultOf(expression).stream())
                .findFirst();
    }
}
