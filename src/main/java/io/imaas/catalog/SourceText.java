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
            char c = body.charAt(i);
            if (c == REPLACEMENT || c == 0) {
                findings.error(
                        "not-utf8",
                        at(file, body, i),
                        "the file is not UTF-8 text" + (body.indexOf(0) >= 0 ? "; it looks like UTF-16 or binary" : ""),
                        "save it as UTF-8");
                return null;
            }
            if (isForbidden(c)) {
                findings.error(
                        "control-character",
                        at(file, body, i),
                        String.format("the invisible character U+%04X stands here", (int) c),
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

    /** YAML 1.2, section 5.1: the characters that are not printable. Lone surrogates fail there too. */
    private static boolean isForbidden(char c) {
        return (c < 0x20 && c != '\t' && c != '\n' && c != '\r')
                || (c >= 0x7F && c < 0xA0 && c != 0x85)
                || isInvisible(c)
                || c == 0xFFFE
                || c == 0xFFFF
                || c == BYTE_ORDER_MARK;
    }

    /** Zero-width and direction marks: text that does not say what it shows (Unicode TR 36, "bidirectional text spoofing"). */
    private static boolean isInvisible(char c) {
        return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069);
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
