package io.imaas.adapter.system;

import io.imaas.port.Clock;
import java.time.Duration;
import java.time.Instant;

/** The real time. */
public final class SystemClock implements Clock {
    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void pause(Duration duration) throws InterruptedException {
        Thread.sleep(duration.toMillis());
    }
}
