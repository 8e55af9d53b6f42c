package io.imaas.model.rollout;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import java.io.Serializable;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Keeps automatic changes away from a service in an environment until somebody lifts it; a rollback sets one. */
public record Hold(String reason, String by, Instant since) implements Serializable {
    private static final Pattern LINE = Pattern.compile("([^:]+): \"(.*)\"", Pattern.DOTALL);
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)", Pattern.DOTALL);

    /** Reads {@link #text}; lines of another form are not a record of ours and are an INPUT failure. */
    public static Hold parse(String text, String path) {
        Map<String, String> values = new HashMap<>();
        int number = 0;
        for (String line : text.lines().toList()) {
            number++;
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw FailureException.input(
                        "this is not a record of the orchestrator",
                        new Location(path, number, 0),
                        "restore the file from Git");
            }
            values.put(matcher.group(1), ESCAPED.matcher(matcher.group(2)).replaceAll(Hold::plain));
        }
        return new Hold(
                values.getOrDefault("reason", ""),
                values.getOrDefault("by", ""),
                Instant.parse(values.getOrDefault("since", "1970-01-01T00:00:00Z")));
    }

    private static String plain(MatchResult escaped) {
        return Matcher.quoteReplacement(escaped.group(1).equals("n") ? "\n" : escaped.group(1));
    }

    /** One {@code key: "value"} a line, which is also YAML. */
    public String text() {
        return line("reason", reason) + line("by", by) + line("since", since.toString());
    }

    private static String line(String key, String value) {
        String escaped = value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return key + ": \"" + escaped.replace("\r", "") + "\"\n";
    }
}
