package io.imaas.catalog;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Spelling;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads days, moments, times with units and time zones as people write them in metadata. */
final class Times {
    private static final Pattern FORM =
            Pattern.compile("(?=.)(?:(\\d{1,4})d)?(?:(\\d{1,4})h)?(?:(\\d{1,4})m)?(?:(\\d{1,4})s)?");
    private static final Duration LONGEST = Duration.ofDays(90);

    private Times() {}

    /** Such as {@code 1h30m}. */
    static Duration span(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw FailureException.input("'" + text + "' is not a time", "write 30m, 2h, 1h30m or 1d");
        }
        Duration span = Duration.ofDays(number(matcher, 1))
                .plusHours(number(matcher, 2))
                .plusMinutes(number(matcher, 3))
                .plusSeconds(number(matcher, 4));
        if (span.compareTo(LONGEST) > 0) {
            throw FailureException.input("'" + text + "' is longer than " + LONGEST.toDays() + " days", "shorten it");
        }
        return span;
    }

    private static long number(Matcher matcher, int group) {
        return matcher.group(group) == null ? 0 : Long.parseLong(matcher.group(group));
    }

    static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            boolean form = text.matches("\\d{4}-\\d{2}-\\d{2}");
            throw FailureException.input(
                    "'" + text + "' is not a day" + (form ? " of the calendar" : ""),
                    "write year-month-day, such as 2026-12-20");
        }
    }

    static Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw FailureException.input(
                    "'" + text + "' is not a moment",
                    "write a date, a time and an offset such as 2027-01-31T08:00:00Z");
        }
    }

    static ZoneId zone(String text) {
        try {
            return ZoneId.of(text);
        } catch (DateTimeException e) {
            String near = Spelling.nearest(text, ZoneId.getAvailableZoneIds())
                    .map(zone -> "did you mean '" + zone + "'?")
                    .orElse("write a name such as Europe/Berlin");
            throw FailureException.input("'" + text + "' is not a time zone", near);
        }
    }
}
