package io.imaas.port;

import java.time.Duration;

/** Lets one run change a platform at a time, whatever process or machine it is on. */
public interface RunLock {
    /** Where nobody else can be: a preview, a world of one's own. */
    RunLock NONE = patience -> () -> {};

    /**
     * Waits until no other run holds it. Whoever dies holds it no longer, after half a minute at the most.
     *
     * @throws io.imaas.model.failure.FailureException CONFLICT when somebody else still holds it after this time
     */
    Held hold(Duration patience);

    /** Held until it is closed. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }
}
