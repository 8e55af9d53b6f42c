package io.imaas.port;

import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.StoredEvent;
import io.imaas.model.failure.FailureException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Events in the order in which they came, kept over restarts. Safe for use by several threads. */
public interface EventLog extends AutoCloseable {
    /**
     * Adds events, all or none. The answer comes when they would survive a loss of power. An event whose id is known
     * is not added again.
     *
     * @return how many of them were new; fails with EXTERNAL when they can't be kept now, such as on a full disk
     */
    CompletableFuture<Integer> append(List<CloudEvent> events);

    /**
     * What came after a position, in order.
     *
     * @param limit how many at the most
     * @throws FailureException EXTERNAL when the log can't be read
     */
    List<StoredEvent> after(long position, int limit);

    /** The position of the newest event; 0 when there is none. */
    long last();

    /** Up to which position a consumer has done its work; 0 for one that never told. */
    long position(String consumer);

    /** A consumer has done its work up to here; kept over restarts. */
    void advance(String consumer, long position);

    /**
     * Forgets, soon and little by little, what came before a time; the newest event stays. Whoever did not act on it by
     * then finds what it told in Git.
     */
    void forget(Instant before);

    /** How many events wait to be kept. */
    int waiting();

    /** Keeps what waits, and takes nothing more. */
    @Override
    void close();
}
