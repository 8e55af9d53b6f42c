package io.imaas.app.hub;

import io.imaas.app.platform.Timers;
import io.imaas.port.Clock;
import io.imaas.port.EventLog;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Keeps the log of events from growing for ever: once an hour, what is old is forgotten. */
public final class Retention implements AutoCloseable {
    private final ScheduledExecutorService timer = Timers.named("imaas-retention");

    /** @param keep how long an event is kept at the least */
    public Retention(EventLog log, Clock clock, Duration keep) {
        ScheduledFuture<?> unused =
                timer.scheduleWithFixedDelay(() -> log.forget(clock.now().minus(keep)), 0, 1, TimeUnit.HOURS);
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
