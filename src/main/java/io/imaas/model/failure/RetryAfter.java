package io.imaas.model.failure;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;

/** How long the other side of an HTTP exchange asks us to wait (RFC 9110, 10.2.3). */
public final class RetryAfter {
    /** Whoever asks for more is asked again after this: a mistake of a server must not hold anything up for days. */
    public static final Duration LONGEST = Duration.ofHours(1);

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");

    private RetryAfter() {}

    /**
     * Reads seconds or a date.
     *
     * @param header of the response; null when there is none
     * @return from zero to {@link #LONGEST}; null when nothing was asked for that can be read
     */
    public static Duration of(String header, Instant now) {
        String said = header == null ? "" : header.strip();
        try {
            Duration wait = SECONDS.matcher(said).matches()
                    ? Duration.ofSeconds(Long.parseLong(said))
                    : Duration.between(
                            now,
                            ZonedDateTime.parse(said, DateTimeFormatter.RFC_1123_DATE_TIME)
                                    .toInstant());
            return bounded(wait);
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /** The wish, if it is one that we follow. */
    public static Duration bounded(Duration wish) {
        return wish.isNegative() ? Duration.ZERO : wish.compareTo(LONGEST) > 0 ? LONGEST : wish;
    }
}
