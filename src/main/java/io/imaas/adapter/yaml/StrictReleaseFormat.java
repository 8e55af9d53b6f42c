package io.imaas.adapter.yaml;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.model.rollout.Release;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code release.yaml} line by line: a grammar so small that two readers can't disagree about it. */
final class StrictReleaseFormat {
    private static final String FIX = "let the orchestrator write it: restore the file from Git, or release again";

    /** Line breaks to YAML 1.1 that are none to 1.2, marks in the middle of a text, and control characters. */
    private static final Pattern DISPUTED =
            Pattern.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\\u2028\\u2029\\ufeff]");

    /** Go's reader takes no tab for the indentation of nothing. */
    private static final Pattern NOTHING = Pattern.compile(" *(#.*)?");

    private static final Pattern LINE = Pattern.compile(
            "( *)([a-z]+):(?: +(?:\"([^\"\\\\]*)\"|'([^']*)'|([A-Za-z0-9](?:[^\\s#,\\[\\]{}\"']*[^\\s#,\\[\\]{}\"':])?)))? *( #.*)?");

    Map<String, String> read(String file, String yaml) {
        requireUndisputed(file, yaml);
        Map<String, String> values = new LinkedHashMap<>();
        String parent = "";
        int indentation = 0;
        int number = 0;
        for (String line : yaml.split("\\r\\n|\\r|\\n", -1)) {
            number++;
            if (NOTHING.matcher(line).matches()) {
                continue;
            }
            Matcher parts = LINE.matcher(line);
            if (!parts.matches()) {
                throw refused(file, number, "this is not 'key: value' with a plain value");
            }
            int indented = parts.group(1).length();
            if (indented == 0) {
                parent = "";
                indentation = 0;
            } else if (parent.isEmpty() || (indentation != 0 && indented != indentation)) {
                throw refused(file, number, "the line is indented otherwise than those around it");
            } else {
                indentation = indented;
            }
            String key = parent + parts.group(2);
            String value = value(parts);
            if (value == null && indented == 0) {
                parent = key + ".";
                String section = parent;
                if (Release.KEYS.stream().noneMatch(known -> known.startsWith(section))
                        || values.put(key, "") != null) {
                    throw refused(file, number, "'" + key + "' does not belong here, or stands here twice");
                }
            } else if (value == null || !Release.KEYS.contains(key) || values.put(key, value) != null) {
                throw refused(file, number, "'" + key + "' does not belong here, or stands here twice");
            } else if (parts.group(5) != null && PlainScalars.isAmbiguous(value)) {
                throw refused(file, number, "'" + value + "' without quotes is not text to every reader");
            }
        }
        values.keySet().retainAll(Release.KEYS);
        return values;
    }

    private static String value(Matcher parts) {
        String quoted = parts.group(3) != null ? parts.group(3) : parts.group(4);
        return quoted != null ? quoted : parts.group(5);
    }

    private static void requireUndisputed(String file, String yaml) {
        Matcher found = DISPUTED.matcher(yaml);
        if (found.find()) {
            YamlText text = YamlText.of(file, yaml);
            throw text.refuse(
                    found.start(),
                    "the character U+%04X is read in more than one way".formatted((int) yaml.charAt(found.start())),
                    "take it out");
        }
    }

    private static FailureException refused(String file, int line, String what) {
        return FailureException.input(what, new Location(file, line, 0), FIX);
    }
}
