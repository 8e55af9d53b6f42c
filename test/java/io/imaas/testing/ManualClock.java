package io.imaas.testing;

import io.imaas.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Time that passes only when somebody lets it. */
public final class ManualClock implements Clock {
    private final List<Duration> pauses = new ArrayList<>();
    private Instant now;

    public ManualClock(String now) {
        this.now = Instant.parse(now);
    }

    @Override
    public synchronized Instant now() {
        return now;
    }

    @Override
    public synchronized void pause(Duration duration) {
        pauses.add(duration);
        now = now.plus(duration);
    }

    /** All pauses so far. */
    public synchronized List<Duration> pauses() {
        return List.copyOf(pauses);
    }
}
