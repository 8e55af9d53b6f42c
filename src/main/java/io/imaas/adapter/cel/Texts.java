package io.imaas.adapter.cel;

import static dev.cel.common.types.SimpleType.DYN;
import static dev.cel.common.types.SimpleType.INT;
import static dev.cel.common.types.SimpleType.STRING;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.cel.common.types.ListType;
import dev.cel.common.values.NullValue;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
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

    /** Whether it has characters that are two to Java. */
    private static boolean isWide(String text) {
        return text.codePointCount(0, text.length()) < text.length();
    }

    private static String find(String text, String regex) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        return matcher.find() ? matcher.group() : "";
    }

    private static List<String> all(String text, String regex, long limit) {
        Matcher matcher = Pattern.compile(regex).matcher(text);
        List<String> found = new ArrayList<>();
        while ((limit < 0 || found.size() < limit) && matcher.find()) {
            if (matcher.group().isEmpty() && isWide(text)) {
                throw GivenUp.reading(text);
            }
            found.add(matcher.group());
        }
        return found;
    }

    private static String replace(String text, String old, String by, long limit) {
        if (old.isEmpty() && isWide(text)) {
            throw GivenUp.reading(text);
        }
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
        if (verb == 's') {
            return written(value);
        }
        if (verb == 'f' && value instanceof Double number && Double.isFinite(number)) {
            return new BigDecimal(number)
                    .setScale(digits, RoundingMode.HALF_EVEN)
                    .toPlainString();
        }
        return switch (verb) {
            case 'd' -> String.valueOf(whole(value));
            case 'b' -> value instanceof Boolean truth ? (truth ? "1" : "0") : Long.toString(whole(value), 2);
            case 'o' -> Long.toString(whole(value), 8);
            case 'x' -> Long.toString(whole(value), 16);
            case 'X' -> Long.toString(whole(value), 16).toUpperCase(Locale.ROOT);
            default ->
                throw new GivenUp("how the API server writes " + value + " with %" + verb + " is not known here");
        };
    }

    private static String written(Object value) {
        if (value instanceof Double number) {
            return GoForms.text(number);
        }
        if (value instanceof Instant at) {
            return GoForms.text(at);
        }
        if (value instanceof String
                || value instanceof Long
                || value instanceof Boolean
                || value instanceof NullValue) {
            return Values.text(value);
        }
        throw new GivenUp("how the API server writes a list, a map or a value of another type is not known here");
    }

    private static long whole(Object value) {
        if (value instanceof Long number) {
            return number;
        }
        throw new GivenUp("how the API server writes what is no whole number so is not known here");
    }

    private static void append(StringBuilder result, String more) {
        if (result.length() + more.length() > LONGEST) {
            throw new GivenUp("it makes a text of more than " + LONGEST + " characters");
        }
        result.append(more);
    }
}
