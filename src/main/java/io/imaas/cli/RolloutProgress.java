package io.imaas.cli;

import io.imaas.model.RolloutStatus;
import io.imaas.port.Clock;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;

/** Tells those who wait what is being waited for: when that changes, and now and then that it did not. */
final class RolloutProgress {
    /** A log that is read later must not be flooded by counters that tick. */
    private static final Duration AT_MOST = Duration.ofSeconds(2);

    private static final Duration AT_LEAST = Duration.ofSeconds(30);

    private final PrintWriter out;
    private final Clock clock;
    private RolloutStatus.InProgress shown;
    private Instant shownAt = Instant.EPOCH;

    RolloutProgress(PrintWriter out, Clock clock) {
        this.out = out;
        this.clock = clock;
    }

    void show(RolloutStatus.InProgress status) {
        Duration silence = Duration.between(shownAt, clock.now());
        boolean newPhase = shown == null || !shown.phase().equals(status.phase());
        boolean news = newPhase || !shown.waitingFor().equals(status.waitingFor());
        boolean due = newPhase || silence.compareTo(news ? AT_MOST : AT_LEAST) >= 0;
        if (!due) {
            return;
        }
        shown = status;
        shownAt = clock.now();
        long seconds = Duration.between(status.since(), shownAt).toSeconds();
        out.println(status.phase() + ": waiting for " + status.waitingFor()
                + (seconds > 0 ? " (for " + seconds + " s)" : "")
                + (status.resources().size() > 1 ? "; not done: " + String.join(", ", status.resources()) : ""));
        out.flush();
    }
}
