package io.imaas.port;

import java.time.Duration;
import java.time.Instant;

/** Time, so that tests own it. */
public interface Clock {
    Instant now();

    /** Lets time pass; only whoever drives a run calls it, never a step. */
    void pause(Duration duration) throws InterruptedException;

    /** How long a timer of this machine takes for that; less where this clock runs faster than the machine's. */
    default Duration real(Duration duration) {
        return duration;
    }
}
