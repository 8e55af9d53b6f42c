package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import io.imaas.port.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How often and after what pause something is tried again. Counted in tries and in pauses that were made, not in the time
 * that passed: clocks jump.
 */
final class Patience {
    /** Each lost race means that somebody else's push went through: many are normal, endless ones are not. */
    private static final int LOST_RACES = 200;

    /** For a rule of the server: a hook may fail for a moment. */
    private static final int REFUSALS = 5;

    /** For our own clones: once they were thrown away, nothing but what is asked of them can break them again. */
    private static final int BREAKS = 3;

    private static final double FIRST_MILLIS = 25;
    private static final double LONGEST_RACE_MILLIS = 2_000;
    private static final double LONGEST_FAULT_MILLIS = 5_000;
    private static final Duration LONGEST_WISH = Duration.ofMinutes(1);

    private final Clock clock;
    private final Duration budget;
    private int races;
    private int faults;
    private int refusals;
    private int breaks;
    private boolean ended;
    private Duration paused = Duration.ZERO;

    /** @param budget how long pauses for faults may be in sum */
    Patience(Clock clock, Duration budget) {
        this.clock = clock;
        this.budget = budget;
    }

    /** Gives up at the first refusal, and still stands lost races. */
    Patience exhausted() {
        Patience none = new Patience(clock, budget);
        none.ended = true;
        return none;
    }

    /** Somebody else's push was first. False: it is enough. */
    boolean afterLostRace() {
        return ++races < LOST_RACES;
    }

    /** The server or the line failed. False: it is enough. */
    boolean afterFault() {
        faults++;
        return !ended && paused.compareTo(budget) < 0;
    }

    /** Our own clones broke. False: it is enough. */
    boolean afterBreak() {
        return !ended && ++breaks < BREAKS;
    }

    /**
     * The server said no, and the branch has not moved. False: it is enough.
     *
     * @param meant whether a rule speaks against it, not a fault
     */
    boolean afterRefusal(boolean meant) {
        return meant ? !ended && ++refusals < REFUSALS : afterFault();
    }

    /** Whether the same thing failed before, so that something on our side may be broken. */
    boolean isRepeatedFault() {
        return faults > 1;
    }

    /**
     * Waits a while, with jitter: writers that lost together must not come back together.
     *
     * @param wish how long the server asked us to wait; zero when it said nothing
     */
    void pause(Duration wish) {
        int troubles = faults + refusals;
        double longest = troubles > 0
                ? Math.min(LONGEST_FAULT_MILLIS, FIRST_MILLIS * Math.pow(2, troubles + 2.0))
                : Math.min(LONGEST_RACE_MILLIS, FIRST_MILLIS * Math.pow(1.5, races));
        // Losers spread over all of the time; after a fault at least half of it passes, or the tries are used up at
        // once.
        double least = troubles > 0 ? longest / 2 : 0;
        long millis = (long) (least + ThreadLocalRandom.current().nextDouble() * (longest - least));
        Duration asked = wish.compareTo(LONGEST_WISH) > 0 ? LONGEST_WISH : wish;
        Duration pause = asked.compareTo(Duration.ofMillis(millis)) > 0 ? asked : Duration.ofMillis(millis);
        paused = troubles > 0 ? paused.plus(pause) : paused;
        try {
            clock.pause(pause);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
            throw FailureException.external("interrupted while waiting for the Git server", "", "run it again", stop);
        }
    }
}
