package io.imaas.app;

import io.imaas.model.failure.Failure;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.port.Clock;
import io.imaas.step.health.HealthKeeper;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Keeps one tenant's health records true after the rollouts, round by round. */
public final class HealthWatch implements AutoCloseable {
    /** How long a release must be other than its record says when nobody says otherwise. */
    public static final Duration GRACE = HealthKeeper.GRACE;

    private static final Duration ROUND = Duration.ofSeconds(5);

    /** What changes its mind for so many graces is left to the next run. */
    private static final int PATIENCE = 3;

    private final HealthKeeper keeper;
    private final Clock clock;
    private final Duration grace;

    HealthWatch(HealthKeeper keeper, Clock clock, Duration grace) {
        this.keeper = keeper;
        this.clock = clock;
        this.grace = grace;
    }

    public record Listener(Consumer<HealthRecord> written, Consumer<Failure> failed) {}

    /** One round, which waits for nothing. Returns whether everything could be looked at. */
    public boolean round(Listener listener) {
        return told(keeper.round(), listener);
    }

    /** Rounds until every record is as it should be. Returns whether everything could be looked at. */
    public boolean once(Listener listener) throws InterruptedException {
        Instant end = clock.now().plus(grace.multipliedBy(PATIENCE));
        boolean well = told(keeper.look(), listener);
        while (keeper.undecided() && clock.now().isBefore(end)) {
            clock.pause(grace.compareTo(ROUND) < 0 ? grace : ROUND);
            well &= round(listener);
        }
        return well;
    }

    /** Until the thread is interrupted: what can't be reached for a while is told, and reached later. */
    public void stay(Listener listener) throws InterruptedException {
        while (!Thread.currentThread().isInterrupted()) {
            round(listener);
            clock.pause(ROUND);
        }
    }

    private static boolean told(HealthKeeper.Round round, Listener listener) {
        List<Failure> failures = round.failures().stream().distinct().toList();
        round.written().forEach(listener.written());
        failures.forEach(listener.failed());
        return failures.isEmpty();
    }

    @Override
    public void close() {
        keeper.close();
    }
}
