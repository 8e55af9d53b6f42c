package io.imaas.model.rollout;

import io.imaas.model.failure.FailureException;
import java.util.LinkedHashMap;
import java.util.Map;

/** Small records as text: one {@code key: "value"} a line, which is also YAML. */
public final class FlatText {
    private FlatText() {}

    public static String write(Map<String, String> values) {
        StringBuilder text = new StringBuilder();
        values.forEach((key, value) -> text.append(key)
                .append(": \"")
                .append(value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\r", ""))
                .append("\"\n"));
        return text.toString();
    }

    /** Reads what {@link #write} wrote; lines of another form are no record of ours and are an INPUT failure. */
    public static Map<String, String> read(String text, String where) {
        Map<String, String> values = new LinkedHashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            int colon = line.indexOf(": \"");
            if (colon < 1 || line.length() < colon + 4 || !line.endsWith("\"")) {
                throw FailureException.input(
                        "this is no record of the orchestrator", where + ":" + number, "restore the file from Git");
            }
            values.put(line.substring(0, colon), unescape(line.substring(colon + 3, line.length() - 1)));
        }
        return values;
    }

    private static String unescape(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && i + 1 < text.length()) {
                char next = text.charAt(++i);
                plain.append(next == 'n' ? '\n' : next);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }
}
