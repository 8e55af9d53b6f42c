package io.imaas.adapter.mi.synapse;

import io.imaas.adapter.mi.source.Similarity;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The words with which a part of a <code>${…}</code> may begin; all others are names behind a dot, or misspelt. */
final class SynapseExpressions {
    private static final Pattern EMBEDDED = Pattern.compile("\\$\\{([^{}]*)}");
    /** What is a word, and what is passed over: texts, indexes with their filters, names behind a dot. */
    private static final Pattern PART =
            Pattern.compile("\"(?:[^\"\\\\]++|\\\\.)*+\"|'(?:[^'\\\\]++|\\\\.)*+'|\\[[^\\[\\]]*]"
                    + "|\\.\\s*[A-Za-z_][A-Za-z_0-9-]*|(?<word>[A-Za-z_][A-Za-z_0-9-]*)");

    /** Properties and parameters have a scope of a few fixed words. */
    private static final Pattern SCOPE = Pattern.compile(
            "(?<![.\\w])(?:prop(?:ertie)?s\\s*\\.\\s*(?!(?:axis2|synapse)\\b)|params\\s*\\.\\s*(?!(?:query|path|function)Params\\b))[\\w-]+");

    /** A scope without the name of what is wanted of it; an index with a text is a name. */
    private static final Pattern NAMELESS = Pattern.compile("(?<![.\\w-])(?:(?:vars|headers|configs)"
            + "|prop(?:ertie)?s(?:\\s*\\.\\s*(?:axis2|synapse))?"
            + "|params(?:\\s*\\.\\s*(?:query|path|function)Params)?)(?![\\w-]|\\s*[.\\[])");

    private static final Pattern UNFINISHED = Pattern.compile("(?:[.+/,:?<>=&|!-]|\\b(?:and|or))\\s*$");
    private static final Pattern NEGATION = Pattern.compile("!(?!=)");
    private static final Set<String> WORDS =
            Set.of(("vars payload headers configs params props properties and or true false"
                            + " null length toUpper toLower subString startsWith endsWith contains trim replace split indexOf now"
                            + " formatDateTime charAt abs ceil floor sqrt log pow base64encode base64decode urlEncode urlDecode"
                            + " isString isNumber isArray isObject string float boolean integer round exists xpath wso2-vault"
                            + " hashicorp-vault not registry object array")
                    .split(" "));

    private SynapseExpressions() {}

    /** Why an expression without its <code>${}</code> cannot be read; empty when only the runtime can tell. */
    static Optional<String> faultOf(String expression) {
        if (expression.isBlank()) {
            return Optional.of("the expression is empty");
        }
        if (UNFINISHED.matcher(expression).find()) {
            return Optional.of("the expression '" + expression + "' ends too early");
        }
        String plain = expression;
        // Indexes may lie within indexes; nobody writes more levels than this.
        for (int level = 0; level < 50 && plain.indexOf('[') >= 0; level++) {
            plain = plain.replaceAll("\\[[^\\[\\]\"']*+]", "");
        }
        Matcher scope = SCOPE.matcher(plain.replaceAll("\"[^\"]*+\"|'[^']*+'", ""));
        if (scope.find()) {
            return Optional.of(
                    "there is no '" + scope.group() + "'; write properties.synapse.NAME or properties.axis2.NAME, and"
                            + " params.queryParams.NAME, params.pathParams.NAME or params.functionParams.NAME");
        }
        String shown = plain.replaceAll("\"[^\"]*+\"|'[^']*+'", "''");
        Matcher nameless = NAMELESS.matcher(shown);
        if (nameless.find()) {
            return Optional.of(
                    "'" + nameless.group() + "' is no value of its own; write " + nameless.group() + ".NAME");
        }
        if (NEGATION.matcher(shown.replaceAll("\\[[^\\[\\]]*+]", "")).find()) {
            return Optional.of("there is no operator '!'; write not(…)");
        }
        for (Matcher part = PART.matcher(plain); part.find(); ) {
            String word = part.group("word");
            if (word != null && !WORDS.contains(word)) {
                return Optional.of("no expression begins with '" + word + "'"
                        + Similarity.nearest(word, new TreeSet<>(WORDS))
                                .map(meant -> "; did you mean '" + meant + "'?")
                                .orElse("; write vars." + word + " or payload." + word));
            }
        }
        return Optional.empty();
    }

    /** The first fault of the expressions within a text. */
    static Optional<String> faultIn(String text) {
        return EMBEDDED.matcher(text)
                .results()
                .flatMap(found -> faultOf(found.group(1)).stream())
                .findFirst();
    }
}
