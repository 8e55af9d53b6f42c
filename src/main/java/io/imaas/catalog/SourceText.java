package io.imaas.catalog;

import io.imaas.model.failure.Location;

/** A file's text before YAML looks at it: what is refused here would only confuse a parser's message. */
final class SourceText {
    /** Hundred times the largest sensible tenant file; what is bigger is a mistake or an attack. */
    static final int MAX_CHARACTERS = 1 << 20;

    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char NO_BREAK_SPACE = '\u00A0';
    private static final char REPLACEMENT = '\uFFFD';

    private SourceText() {}

    /** Returns the text to parse, or null when it was refused. */
    static String accept(String file, String text, Findings findings) {
        if (text.length() > MAX_CHARACTERS) {
            findings.error(
                    "too-large",
                    Location.of(file),
                    "the file has " + text.length() + " characters; at most " + MAX_CHARACTERS + " are read",
                    "split it: one file a tenant");
            return null;
        }
        String body = text.indexOf(BYTE_ORDER_MARK) == 0 ? text.substring(1) : text;
        for (int i = 0; i < body.length(); i++) {
            int c = body.codePointAt(i);
            if (c == REPLACEMENT || c == 0) {
                findings.error(
                        "not-utf8",
                        at(file, body, i),
                        "the file is not UTF-8 text" + (body.indexOf(0) >= 0 ? "; it looks like UTF-16 or binary" : ""),
                        "save it as UTF-8");
                return null;
            }
            if (isForbidden(c) && !body.startsWith("\r\n", i)) {
                findings.error(
                        "control-character",
                        at(file, body, i),
                        String.format("the invisible character U+%04X stands here", c),
                        "remove it; it often comes with text copied from elsewhere");
                return null;
            }
            if (c == NO_BREAK_SPACE) {
                findings.warning(
                        "no-break-space",
                        at(file, body, i),
                        "this looks like a space and is none: YAML takes it for a letter",
                        "replace it by a space");
            }
        }
        return body;
    }

    /**
     * What YAML 1.2 calls not printable (section 5.1), what ends a line for some readers and pages only, and what has no width
     * or turns directions: text that does not say what it shows (Unicode TR 36). Lone surrogates fail in YAML.
     */
    private static boolean isForbidden(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL -> c != '\t' && c != '\n';
            case Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
            default -> c == 0xFFFE || c == 0xFFFF;
        };
    }

    private static Location at(String file, String text, int index) {
        int line = 1;
        int start = 0;
        for (int i = 0; i < index; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                start = i + 1;
            }
        }
        return new Location(file, line, text.codePointCount(start, index) + 1);
    }
}
