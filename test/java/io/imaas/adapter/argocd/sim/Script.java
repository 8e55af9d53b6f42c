package io.imaas.adapter.argocd.sim;

import io.imaas.adapter.argocd.follow.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;

/** Time and chance of one simulation: the same seed gives the same story. */
public final class Script {
    private final Timeline time;
    private final Random random;
    private double pace = 1;

    public Script(Timeline time, long seed) {
        this.time = time;
        this.random = new Random(seed);
    }

    /** Makes every duration of the simulated world that much of itself: for real time. */
    public Script pace(double factor) {
        pace = factor;
        return this;
    }

    public Instant now() {
        return time.now();
    }

    public Timeline time() {
        return time;
    }

    public void later(long fromMillis, long toMillis, Runnable task) {
        long pause = fromMillis + (long) (random.nextDouble() * (toMillis - fromMillis));
        time.at(time.now().plus(Duration.ofMillis((long) (pause * pace))), task);
    }

    public boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    public int pick(int bound) {
        return random.nextInt(bound);
    }
}
