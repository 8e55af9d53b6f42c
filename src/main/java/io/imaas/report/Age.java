package io.imaas.report;

import java.time.Duration;
import java.time.Instant;

/** When something was, as people say it. */
public final class Age {
    private Age() {}

    /** Such as {@code 40 s}, {@code 12 min}, {@code 5 h} or {@code 9 d}; empty for null. */
    public static String of(Instant since, Instant now) {
        if (since == null) {
            return "";
        }
        Duration age = Duration.between(since, now);
        if (age.toMinutes() < 2) {
            return Math.max(0, age.toSeconds()) + " s";
        }
        if (age.toHours() < 2) {
            return age.toMinutes() + " min";
        }
        return age.toDays() < 2 ? age.toHours() + " h" : age.toDays() + " d";
    }

    /** Of a moment in ISO 8601 and UTC the day and the minute, such as {@code 2026-11-30 08:00}. */
    public static String minute(String moment) {
        return moment.substring(0, 16).replace('T', ' ');
    }
}
