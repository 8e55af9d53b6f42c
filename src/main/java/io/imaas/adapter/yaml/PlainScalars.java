package io.imaas.adapter.yaml;

import java.util.regex.Pattern;

/**
 * What a text means when it stands without quotes. Helm reads YAML 1.1, other tools 1.2; a text is safe only if both take
 * it for a string.
 */
final class PlainScalars {
    private static final Pattern SAFE = Pattern.compile("[A-Za-z0-9_./](?:[A-Za-z0-9_./@+:-]*[A-Za-z0-9_./@+-])?");
    private static final Pattern NULL = Pattern.compile("|~|null|Null|NULL");
    private static final Pattern BOOLEAN = Pattern.compile("(?i:y|yes|n|no|on|off|true|false)");
    private static final Pattern NUMBER = Pattern.compile("[-+]?(?:0[xX][0-9a-fA-F_]+|0[oO]?[0-7_]+|0[bB][01_]+"
            + "|[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?"
            + "|(?:\\.[0-9][0-9_]*|[0-9][0-9_]*(?:\\.[0-9_]*)?)(?:[eE][-+]?[0-9]+)?"
            + "|\\.(?i:inf)|\\.(?i:nan))");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}.*");
    private static final Pattern MARKER = Pattern.compile("\\.\\.\\.|[=.]");
    /** Fifteen digits: what survives a reader that takes every number for a double. */
    private static final Pattern INTEGER = Pattern.compile("-?(?:0|[1-9][0-9]{0,14})");

    private PlainScalars() {}

    static boolean isNull(String text) {
        return NULL.matcher(text).matches();
    }

    /** Whether every reader takes the text, without quotes, for this very string, wherever it stands. */
    static boolean isSafeString(String text, boolean inFlow) {
        return SAFE.matcher(text).matches() && !(inFlow && text.indexOf(':') >= 0) && !isAmbiguous(text);
    }

    /** Whether some reader takes the text, without quotes, for something else than a string. */
    static boolean isAmbiguous(String text) {
        return isNull(text)
                || BOOLEAN.matcher(text).matches()
                || NUMBER.matcher(text).matches()
                // Go leaves underscores out wherever they are.
                || NUMBER.matcher(text.replace("_", "")).matches()
                || DATE.matcher(text).matches()
                || MARKER.matcher(text).matches();
    }

    /** Whether both are whole numbers, or both true or false, written the one way all readers agree on. */
    static boolean sameKind(String old, String text) {
        return (INTEGER.matcher(old).matches() && INTEGER.matcher(text).matches()) || (isTruth(old) && isTruth(text));
    }

    private static boolean isTruth(String text) {
        return text.equals("true") || text.equals("false");
    }
}
