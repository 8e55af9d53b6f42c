package io.imaas.catalog;

import io.imaas.model.failure.FailureException;
import java.time.DateTimeException;
import java.time.LocalDate;

/** A day as people write it in metadata. */
final class CalendarDay {
    private CalendarDay() {}

    static LocalDate parse(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            boolean form = text.matches("\\d{4}-\\d{2}-\\d{2}");
            throw FailureException.input(
                    "'" + text + "' is no day" + (form ? " of the calendar" : ""),
                    "",
                    "write year-month-day, such as 2026-12-20");
        }
    }
}
