package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import io.imaas.port.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How often and after what pause a push is tried again. Counted in tries, not in time: clocks jump. */
final class Patience {
    /** Each lost race means that somebody else's push went through: many are normal, endless ones are not. */
    private static final int LOST_RACES = 200;

    private static final int FAULTS = 5;
    private static final double GROWTH = 1.5;
    private static final double FIRST_MILLIS = 25;
    private static final double LONGEST_MILLIS = 2_000;

    private final Clock clock;
    private int races;
    private int faults;

    Patience(Clock clock) {
        this.clock = clock;
    }

    /** Somebody else's push was first. False: it is enough. */
    boolean afterLostRace() {
        return ++races < LOST_RACES;
    }

    /** The server or the line failed. False: it is enough. */
    boolean afterFault() {
        return ++faults < FAULTS;
    }

    /** Whether the same thing failed before, so that something on our side may be broken. */
    boolean isRepeatedFault() {
        return faults > 1;
    }

    /** Full jitter: writers that lost together must not come back together. */
    void pause() {
        double longest = Math.min(LONGEST_MILLIS, FIRST_MILLIS * Math.pow(GROWTH, races + 3.0 * faults));
        long millis = (long) (ThreadLocalRandom.current().nextDouble() * longest);
        try {
            clock.pause(Duration.ofMillis(millis));
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw FailureException.external("interrupted while waiting to push again", "", "run it again", stop);
        }
    }
}
