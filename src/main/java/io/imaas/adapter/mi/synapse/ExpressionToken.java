package io.imaas.adapter.mi.synapse;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One word or sign of an expression.
 *
 * @param kind the word or sign itself, the usual one of two that mean the same; or in capitals, of what kind it is
 */
record ExpressionToken(String kind, String text) {
    private static final Set<String> FUNCTIONS =
            Set.of(("length toUpper toLower subString startsWith endsWith contains trim replace split indexOf now"
                            + " formatDateTime charAt abs ceil floor sqrt log pow base64encode base64decode urlEncode urlDecode"
                            + " isString isNumber isArray isObject string float boolean integer round exists xpath wso2-vault"
                            + " hashicorp-vault not")
                    .split(" "));
    /** What makes a value that has parts, but no properties. */
    private static final Set<String> MAKERS = Set.of("object", "array");

    private static final Set<String> SCOPES = Set.of("vars", "payload", "headers", "configs", "params", "props");
    /** The words with which an expression may begin. */
    static final Set<String> BEGINNINGS = Stream.of(FUNCTIONS, MAKERS, SCOPES, Set.of("properties", "registry"))
            .flatMap(Set::stream)
            .collect(Collectors.toCollection(TreeSet::new));

    private static final Map<String, Set<String>> KINDS = Map.of(
            "FUNCTION", FUNCTIONS,
            "MAKER", MAKERS,
            "BOOLEAN", Set.of("true", "false"),
            "PARAMS", Set.of("queryParams", "pathParams", "functionParams"),
            "PROPS", Set.of("axis2", "synapse"),
            "TEST", Set.of("in", "nin", "subsetof", "anyof", "noneof", "size", "empty", "=~"),
            "payload", Set.of("$"),
            "props", Set.of("properties"),
            "and", Set.of("&&"),
            "or", Set.of("||"));
    private static final Set<String> WORDS = Set.of("and", "or", "null", "property", "registry");

    private static final String CHARACTER =
            "(?:[^%1$s\\\\]++|\\\\(?:[btnfr\"'\\\\/]|u[0-9a-fA-F]{4}|[0-3]?[0-7][0-7]))*+";
    private static final Pattern TOKEN = Pattern.compile(
            "(?<STEP>(?:length|size|min|max|avg|sum|stddev|keys|first|last)\\(\\))|(?<word>[A-Za-z_][A-Za-z_0-9-]*+)"
                    + "|(?<NUMBER>-?[0-9]++(?:\\.[0-9]++)?)"
                    + "|(?<TEXT>\"" + CHARACTER.formatted("\"") + "\"|'" + CHARACTER.formatted("'") + "')"
                    + "|(?<skipped>&(?!&)(?s:.)?|\\|(?!\\|)(?s:.)?|=(?![=~])(?s:.)?)"
                    + "|==|!=|=~|<=|>=|&&|\\|\\||\\.\\.|[$!+*/%<>().,:?@\"'\\[\\]-]");

    /** As the runtime reads them: it passes over blanks, signs that it does not know, and what follows half of a sign. */
    static List<ExpressionToken> of(String expression) {
        List<ExpressionToken> tokens = new ArrayList<>();
        for (Matcher found = TOKEN.matcher(expression); found.find(); ) {
            if (found.group("skipped") == null) {
                tokens.add(new ExpressionToken(kind(found), found.group()));
            }
        }
        return tokens;
    }

    private static String kind(Matcher found) {
        for (String group : List.of("STEP", "NUMBER", "TEXT")) {
            if (found.group(group) != null) {
                return group;
            }
        }
        String text = found.group();
        boolean name = found.group("word") != null && !SCOPES.contains(text) && !WORDS.contains(text);
        return KINDS.entrySet().stream()
                .filter(kind -> kind.getValue().contains(text))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(name ? "NAME" : text);
    }
}
