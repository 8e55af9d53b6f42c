package io.imaas.report;

import io.imaas.model.rollout.RolloutStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is worth a line while somebody waits for a rollout: that it waits for something else now, and every half a minute
 * that it still waits. A log is read later: counters that tick and states that flicker must not flood it, so that an hour
 * of waiting is some hundred lines, whatever happens. Not safe for several threads.
 */
public final class RolloutProgress {
    private static final Duration NEWS = Duration.ofSeconds(2);

    private static final Duration STILL = Duration.ofSeconds(30);

    /** So many lines may come at their own pace; then news, too, wait for the half minute. */
    private static final int LIVELY = 40;

    private static final int SHOWN = 5;

    private RolloutStatus.InProgress shown;
    private Instant shownAt = Instant.MIN;
    private int lines;

    /**
     * Takes in where the rollout stands: call it on every news and now and then without.
     *
     * @return the line to print now, or empty when there is nothing new enough to tell
     */
    public Optional<String> line(RolloutStatus.InProgress status, Instant now) {
        if (now.isBefore(nextLine(status))) {
            return Optional.empty();
        }
        shown = status;
        shownAt = now;
        lines++;
        return Optional.of(text(status, now));
    }

    /** When the next line is due if nothing changes by then. */
    public Instant nextLine(RolloutStatus.InProgress status) {
        if (shown == null) {
            return Instant.MIN;
        }
        boolean news =
                !shown.phase().equals(status.phase()) || !shown.waitingFor().equals(status.waitingFor());
        return shownAt.plus(news && lines < LIVELY ? NEWS : STILL);
    }

    private static String text(RolloutStatus.InProgress status, Instant now) {
        StringBuilder line =
                new StringBuilder(status.phase()).append(": waiting for ").append(status.waitingFor());
        long seconds = Duration.between(status.since(), now).toSeconds();
        if (seconds > 0) {
            line.append(" (for ").append(seconds).append(" s)");
        }
        if (status.total() > 0) {
            line.append("; ")
                    .append(status.done())
                    .append(" of ")
                    .append(status.total())
                    .append(" resources done");
        }
        List<String> missing = status.resources();
        if (missing.size() > 1) {
            line.append("; not done: ")
                    .append(String.join(", ", missing.subList(0, Math.min(SHOWN, missing.size()))))
                    .append(missing.size() > SHOWN ? " and " + (missing.size() - SHOWN) + " more" : "");
        }
        if (status.usual() != null) {
            line.append("; it usually takes ")
                    .append(Math.max(1, status.usual().toSeconds()))
                    .append(" s in all");
        }
        return line.toString();
    }
}
