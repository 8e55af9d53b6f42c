package io.imaas.run;

import io.imaas.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Whether a run has its {@link RunPermit}. Asked without its lock: whoever looks does not wait for the answer. */
final class Permission {
    /** How often a permit is asked for. */
    private static final Duration ASK = Duration.ofSeconds(10);

    private final Clock clock;
    private RunPermit permit;
    private boolean granted;
    private String waitsFor;
    private Instant asksAgain = Instant.MIN;

    /** @param permit null: none is needed */
    Permission(RunPermit permit, Clock clock) {
        this.permit = permit;
        this.clock = clock;
        this.granted = permit == null;
    }

    boolean ask() {
        RunPermit asked;
        synchronized (this) {
            if (granted || clock.now().isBefore(asksAgain)) {
                return granted;
            }
            asked = permit;
        }
        Optional<String> other = asked.ask();
        synchronized (this) {
            granted = other.isEmpty();
            waitsFor = other.orElse(null);
            asksAgain = clock.now().plus(ASK);
            return granted;
        }
    }

    synchronized boolean granted() {
        return granted;
    }

    /** What it waits for, for people; null while it waits for nothing. */
    synchronized String waitsFor() {
        return waitsFor;
    }

    synchronized Instant asksAgain() {
        return asksAgain;
    }

    /** The run is over; nothing happens the second time. */
    synchronized void giveBack() {
        if (granted && permit != null) {
            permit.giveBack();
            permit = null;
        }
    }
}
