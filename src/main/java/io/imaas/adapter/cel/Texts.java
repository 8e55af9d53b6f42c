package io.imaas.adapter.cel;

import static dev.cel.common.types.SimpleType.DYN;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.cel.common.types.ListType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Functions on texts that Kubernetes has and the library has not, or that make longer texts of long ones: those stop at
 * {@value #LONGEST} characters.
 */
final class Texts {
    private static final int LONGEST = 1 << 20;
    private static final ListType STRINGS = ListType.create(STRING);
    /** Backtracks never: what it is matched with may be hostile. */
    private static final Pattern VERB = Pattern.compile("%(?:\\.([0-9]{1,2}))?([sdfebxXo%])");

    private Texts() {}

    static void add(Functions to) {
        to.member("find", STRING, List.of(STRING, STRING), given -> find(text(given[0]), text(given[1])))
                .member("findAll", STRINGS, List.of(STRING, STRING), given -> all(text(given[0]), text(given[1]), -1))
                .member(
                        "findAll",
                        STRINGS,
                        List.of(STRING, STRING, INT),
                        given -> all(text(given[0]), text(given[1]), (Long) given[2]))
                .member(
                        "replace",
                        STRING,
                        List.of(STRING, STRING, STRING),
                        given -> replace(text(given[0]), text(given[1]), text(given[2]), -1))
                .member(
                        "replace",
                        STRING,
                        List.of(STRING, STRING, STRING, INT),
                        given -> replace(text(given[0]), text(given[1]), text(given[2]), (Long) given[3]))
                .member("join", STRING, List.of(STRINGS), given -> join((List<?>) given[0], ""))
                .member("join", STRING, List.of(STRINGS, STRING), given -> join((List<?>) given[0], text(given[1])))
                .member(
                        "format",
                        STRING,
                        List.of(STRING, ListType.create(DYN)),
                        given -> format(text(given[0]), (List<?>) given[1]));
    }

    private static String text(Object given) {
        return (String) given;
    }

    private static String find(String text, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        return matcher.find() ? matcher.group() : "";
    }

    private static List<String> all(String text, String regex, long limit) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        List<String> found = new ArrayList<>();
        while ((limit < 0 || found.size() < limit) && matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }

    private static String replace(String text, String old, String by, long limit) {
        StringBuilder result = new StringBuilder();
        int from = 0;
        for (long done = 0; limit < 0 || done < limit; done++) {
            int at = text.indexOf(old, old.isEmpty() && done > 0 ? from + 1 : from);
            if (at < 0 || (old.isEmpty() && done > text.length())) {
                break;
            }
            append(result, text.substring(from, at));
            append(result, by);
            from = at + old.length();
        }
        append(result, text.substring(from));
        return result.toString();
    }

    private static String join(List<?> items, String separator) {
        StringBuilder result = new StringBuilder();
        for (int i = 0; i < items.size(); i++) {
            append(result, i == 0 ? "" : separator);
            append(result, (String) items.get(i));
        }
        return result.toString();
    }

    private static String format(String form, List<?> given) {
        StringBuilder result = new StringBuilder();
        Matcher verbs = VERB.matcher(form);
        int from = 0;
        int next = 0;
        while (verbs.find()) {
            append(result, form.substring(from, verbs.start()));
            from = verbs.end();
            if (verbs.group(2).equals("%")) {
                append(result, "%");
            } else if (next == given.size()) {
                throw new IllegalArgumentException("the format has more verbs than there are values");
            } else {
                append(result, formatted(verbs.group(2).charAt(0), verbs.group(1), given.get(next++)));
            }
        }
        append(result, form.substring(from));
        return result.toString();
    }

    private static String formatted(char verb, String precision, Object value) {
        int digits = precision == null ? 6 : Integer.parseInt(precision);
        return switch (verb) {
            case 's' -> Values.text(value);
            case 'd' -> String.valueOf(whole(value));
            case 'f' -> String.format(Locale.ROOT, "%." + digits + "f", ((Number) value).doubleValue());
            case 'e' -> String.format(Locale.ROOT, "%." + digits + "e", ((Number) value).doubleValue());
            case 'b' -> value instanceof Boolean truth ? (truth ? "1" : "0") : Long.toBinaryString(whole(value));
            case 'o' -> Long.toOctalString(whole(value));
            case 'x' -> Long.toHexString(whole(value));
            default -> Long.toHexString(whole(value)).toUpperCase(Locale.ROOT);
        };
    }

    private static long whole(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        throw new IllegalArgumentException("only whole numbers can be formatted so");
    }

    private static void append(StringBuilder result, String more) {
        if (result.length() + more.length() > LONGEST) {
            throw new TooCostly("it makes a text of more than " + LONGEST + " characters");
        }
        result.append(more);
    }
}
