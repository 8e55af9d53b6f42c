package io.imaas.app;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.port.Clock;
import io.imaas.port.Measures;
import io.imaas.port.RunLock;
import io.imaas.run.RunPermit;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * A platform's lock as the runs of one process share it: no other process changes the platform meanwhile, and here one run
 * at a time changes the same tenant. It is taken for the first run and given back after the last.
 */
public final class SharedLock {
    /** How long one question to the lock may take; who waits longer asks again. */
    private static final Duration ATTEMPT = Duration.ofSeconds(10);

    private final RunLock lock;
    private final Clock clock;
    private final Measures measures;
    private final Set<String> runs = new HashSet<>();
    private RunLock.Held held;
    private FailureException refusal;
    private Instant refused = Instant.MIN;

    public SharedLock(RunLock lock, Clock clock) {
        this(lock, clock, Measures.NONE);
    }

    public SharedLock(RunLock lock, Clock clock, Measures measures) {
        this.lock = lock;
        this.clock = clock;
        this.measures = measures;
    }

    /**
     * Waits until no other process holds the lock.
     *
     * @param what is changed, such as a tenant's name
     * @throws FailureException CONFLICT when somebody else still holds it after this time, or changes the same thing here
     */
    public synchronized RunLock.Held hold(String what, Duration patience) {
        if (runs.contains(what)) {
            throw FailureException.conflict(
                    "another run is changing " + what, "this process", "wait for it to end, then run it again");
        }
        if (runs.isEmpty()) {
            held = lock.hold(patience);
        }
        runs.add(what);
        return () -> leave(what);
    }

    /** The same for a person, who hears what is waited for. */
    RunLock.Held hold(String what, Duration patience, Consumer<String> waiting) {
        try {
            return hold(what, ATTEMPT);
        } catch (FailureException busy) {
            if (busy.failure().kind() != FailureKind.CONFLICT) {
                throw busy;
            }
            waiting.accept("waiting for up to " + patience.toMinutes() + " min: "
                    + busy.failure().what());
            return hold(what, patience);
        }
    }

    private synchronized void leave(String what) {
        if (runs.remove(what) && runs.isEmpty()) {
            held.close();
        }
    }

    /** The same for a run that holds no thread while it waits. */
    RunPermit permit(String what) {
        return new Permit(what);
    }

    private synchronized RunLock.Held attempt(String what) {
        // Many ask at once: all of them hear what the first one was told.
        if (runs.isEmpty() && clock.now().isBefore(refused.plus(ATTEMPT))) {
            throw refusal;
        }
        try {
            return hold(what, ATTEMPT);
        } catch (FailureException e) {
            if (runs.isEmpty()) {
                refusal = e;
                refused = clock.now();
            }
            throw e;
        }
    }

    private final class Permit implements RunPermit {
        private final String what;
        private RunLock.Held mine;
        private Instant asked;

        Permit(String what) {
            this.what = what;
        }

        @Override
        public Optional<String> ask() {
            asked = asked == null ? clock.now() : asked;
            try {
                mine = attempt(what);
                measures.lockWaited(Duration.between(asked, clock.now()));
                return Optional.empty();
            } catch (FailureException e) {
                if (e.failure().kind() != FailureKind.CONFLICT) {
                    throw e;
                }
                return Optional.of(e.failure().what());
            }
        }

        @Override
        public void giveBack() {
            mine.close();
        }
    }
}
