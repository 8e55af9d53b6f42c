package io.imaas.jenkins.page;

import hudson.Util;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/**
 * A time as people read it, and exactly.
 *
 * @param age such as {@code 3 hr 2 min ago}
 */
public record Moment(String iso, String exact, String age) {
    private static final DateTimeFormatter EXACT = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static Moment of(Instant at, Instant now) {
        long millis = Math.max(0, Duration.between(at, now).toMillis());
        String age = millis < 1000 ? "just now" : Util.getTimeSpanString(millis) + " ago";
        return new Moment(at.toString(), EXACT.format(at), age);
    }
}
