package io.imaas.plan;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Strangers' words so that all of them are seen. A character that moves a terminal's cursor, turns the direction of reading or
 * is seen by nobody stands as its number: who approves reads what is there, and what JSON says stays the same.
 */
public final class VisibleText {
    /** Letters, marks and symbols that fonts show nothing for: fillers, joiners, selectors of variants. */
    private static final String BLANK =
            "\\x{34f}\\x{115f}\\x{1160}\\x{17b4}\\x{17b5}\\x{180b}-\\x{180f}\\x{2800}\\x{3164}\\x{fe00}-\\x{fe0f}\\x{ffa0}\\x{e0100}-\\x{e01ef}";

    /** Colours and weights of letters, a line's end; and then whatever else is not a letter. */
    private static final Pattern UNSEEN =
            Pattern.compile("(\\e\\[(?:[0-4]|2[1-4]|3[1-6]|39)?(?:;(?:[0-4]|2[1-4]|3[1-6]))*m|\\r?\\n|\\t)"
                    + "|[\\p{Cntrl}\\p{Cf}\\x{80}-\\x{9f}\\x{2028}\\x{2029}" + BLANK + "]");

    private VisibleText() {}

    /** Lines stay lines, and colours pass. */
    public static String of(String text) {
        Matcher unseen = UNSEEN.matcher(text);
        if (!unseen.find()) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        do {
            unseen.appendReplacement(
                    shown,
                    Matcher.quoteReplacement(unseen.group(1) == null ? numbers(unseen.group()) : unseen.group()));
        } while (unseen.find());
        return unseen.appendTail(shown).toString();
    }

    private static String numbers(String character) {
        StringBuilder numbers = new StringBuilder();
        character.chars().forEach(unit -> numbers.append("\\u").append(String.format("%04x", unit)));
        return numbers.toString();
    }
}
