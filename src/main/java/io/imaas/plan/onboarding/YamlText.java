package io.imaas.plan.onboarding;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes maps, lists, texts, numbers and booleans as YAML that no content can break out of: every text is in double
 * quotes with YAML's escapes, unless it is several harmless lines, which stand as a literal block.
 */
final class YamlText {
    private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z][A-Za-z0-9_./-]*");
    private static final Pattern HARMLESS_LINES = Pattern.compile("[!-~][ -~]*\n([ -~]*\n)*");

    private final StringBuilder out = new StringBuilder();

    private YamlText() {}

    static String of(Map<String, ?> document) {
        YamlText text = new YamlText();
        text.map(document, 0);
        return text.out.toString();
    }

    private void map(Map<String, ?> map, int indent) {
        map.forEach((key, value) -> {
            out.append(" ".repeat(indent)).append(key(key)).append(':');
            value(value, indent);
        });
    }

    private void value(Object value, int indent) {
        if (value instanceof Map<?, ?> map && !map.isEmpty()) {
            out.append('\n');
            map(strings(map), indent + 2);
        } else if (value instanceof List<?> list && !list.isEmpty()) {
            out.append('\n');
            list.forEach(item -> item(item, indent + 2));
        } else if (value instanceof String lines
                && HARMLESS_LINES.matcher(lines).matches()) {
            out.append(" |\n");
            lines.lines()
                    .forEach(line ->
                            out.append(" ".repeat(indent + 2)).append(line).append('\n'));
        } else {
            out.append(' ').append(scalar(value)).append('\n');
        }
    }

    private void item(Object item, int indent) {
        if (item instanceof Map<?, ?> map && !map.isEmpty()) {
            int start = out.length();
            map(strings(map), indent + 2);
            // The first key shares its line with the dash.
            out.replace(start, start + indent + 2, " ".repeat(indent) + "- ");
        } else {
            out.append(" ".repeat(indent)).append("- ").append(scalar(item)).append('\n');
        }
    }

    private static Map<String, Object> strings(Map<?, ?> map) {
        Map<String, Object> typed = new LinkedHashMap<>();
        map.forEach((key, value) -> typed.put(String.valueOf(key), value));
        return typed;
    }

    private static String key(String key) {
        return PLAIN_KEY.matcher(key).matches() ? key : quoted(key);
    }

    private static String scalar(Object value) {
        if (value instanceof Map<?, ?>) {
            return "{}";
        }
        if (value instanceof List<?>) {
            return "[]";
        }
        return value instanceof Number || value instanceof Boolean ? value.toString() : quoted(String.valueOf(value));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') {
                quoted.append('\\').appendCodePoint(c);
            } else if (c == '\n') {
                quoted.append("\\n");
            } else if (printable(c)) {
                quoted.appendCodePoint(c);
            } else {
                quoted.append(String.format("\\u%04x", Character.isSurrogate((char) c) ? 0xFFFD : c));
            }
        });
        return quoted.append('"').toString();
    }

    /** Not what YAML takes for a line break or forbids in a stream (YAML 1.2, 5.1 and 5.4; 1.1 for older readers). */
    private static boolean printable(int c) {
        return c >= 0x10000
                || (!Character.isISOControl(c)
                        && !Character.isSurrogate((char) c)
                        && c != 0x2028
                        && c != 0x2029
                        && c != 0xFEFF
                        && c < 0xFFFE);
    }
}
