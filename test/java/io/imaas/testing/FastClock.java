package io.imaas.testing;

import io.imaas.port.Clock;
import java.time.Duration;
import java.time.Instant;

/** A minute of it is a second: for what waits by itself, where nobody can let time pass. */
public final class FastClock implements Clock {
    private static final int SPEED = 60;

    private final Instant begin = Instant.now();
    private final long started = System.nanoTime();

    @Override
    public Instant now() {
        return begin.plusNanos((System.nanoTime() - started) * SPEED);
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        Thread.sleep(real(duration).toMillis());
    }

    @Override
    public Duration real(Duration duration) {
        return duration.dividedBy(SPEED);
    }
}
