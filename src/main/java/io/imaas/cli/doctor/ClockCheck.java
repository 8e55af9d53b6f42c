package io.imaas.cli.doctor;

import io.imaas.port.Clock;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.function.Supplier;

/** Whether this machine's clock agrees with a server's: tokens, certificates and freeze windows depend on it. */
record ClockCheck(URI server, Web web, Clock clock) implements Supplier<CheckResult> {
    private static final Duration NOTICEABLE = Duration.ofSeconds(30);
    /** The leeway that servers commonly grant a token's times. */
    private static final Duration HARMFUL = Duration.ofMinutes(5);

    @Override
    public CheckResult get() {
        String date = web.get(server, "", null).date();
        if (date.isEmpty()) {
            return CheckResult.warn(server + " told no time", "compare the clocks by hand");
        }
        try {
            ZonedDateTime theirs = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME);
            return check(Duration.between(theirs.toInstant(), clock.now()));
        } catch (DateTimeException e) {
            return CheckResult.warn(server + " told the time as '" + date + "'", "compare the clocks by hand");
        }
    }

    private CheckResult check(Duration ahead) {
        Duration apart = ahead.abs();
        String found = "this machine is " + apart.toSeconds() + " s " + (ahead.isNegative() ? "behind " : "ahead of ")
                + server.getAuthority();
        String fix = "let NTP set this machine's clock, and check the server's";
        if (apart.compareTo(HARMFUL) >= 0) {
            return CheckResult.fail(found + ": tokens and certificates will be refused", fix);
        }
        return apart.compareTo(NOTICEABLE) >= 0
                ? CheckResult.warn(found, fix)
                : CheckResult.ok("within " + NOTICEABLE.toSeconds() + " s of " + server.getAuthority());
    }
}
