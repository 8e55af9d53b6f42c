package io.imaas.catalog;

import io.imaas.model.failure.FailureException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads times with units, such as {@code 1h30m}. */
final class TimeSpan {
    private static final Pattern FORM =
            Pattern.compile("(?=.)(?:(\\d{1,4})d)?(?:(\\d{1,4})h)?(?:(\\d{1,4})m)?(?:(\\d{1,4})s)?");
    private static final Duration LONGEST = Duration.ofDays(90);

    private TimeSpan() {}

    static Duration parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw FailureException.input("'" + text + "' is no time", "", "write 30m, 2h, 1h30m or 1d");
        }
        Duration span = Duration.ofDays(number(matcher, 1))
                .plusHours(number(matcher, 2))
                .plusMinutes(number(matcher, 3))
                .plusSeconds(number(matcher, 4));
        if (span.compareTo(LONGEST) > 0) {
            throw FailureException.input(
                    "'" + text + "' is longer than " + LONGEST.toDays() + " days", "", "shorten it");
        }
        return span;
    }

    private static long number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
    }
}
