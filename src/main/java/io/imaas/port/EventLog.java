package io.imaas.port;

import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.CloudEvent.StoredEvent;
import io.imaas.model.failure.FailureException;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Events in the order in which they came, kept over restarts for as long as the log was told when it was opened: whoever
 * did not act on one by then finds what it told in Git. Safe for use by several threads, and, where the log lies elsewhere,
 * by several processes, which see the same events in the same order at the same positions. What was lost leaves positions
 * behind that no other event gets: whoever comes with one learns that something is missing, and reads on from all that is new.
 */
public interface EventLog extends AutoCloseable {
    /**
     * Adds events, all or none. The answer comes when they are durable: on the disk, or on most of the broker's nodes.
     * An event whose id is known is not added again.
     *
     * @return how many of them were new; fails with EXTERNAL when they can't be kept now, such as on a full
     *     disk or without a broker
     */
    CompletableFuture<Integer> append(List<CloudEvent> events);

    /**
     * What came after a position, in order.
     *
     * @param limit how many at the most
     * @throws FailureException EXTERNAL when the log can't be read
     */
    List<StoredEvent> after(long position, int limit);

    /**
     * Whether a position is the log's beginning, or that of an event that is kept. Where it is not, something may be missing
     * between it and what comes after it: whoever follows takes a look at everything, and goes on.
     *
     * @throws FailureException EXTERNAL when the log can't be read
     */
    default boolean keeps(long position) {
        return position <= 0 || after(position - 1, 1).stream().anyMatch(stored -> stored.position() == position);
    }

    /**
     * What came before a position, the newest first: of the newest 10,000 at the least.
     *
     * @param limit how many at the most
     * @throws FailureException EXTERNAL when the log can't be read
     */
    List<StoredEvent> before(long position, int limit);

    /** The position of the newest event; 0 when there is none. */
    long last();

    /** Up to which position a consumer has done its work; 0 for one that never told. */
    long position(String consumer);

    /** A consumer has done its work up to here; kept over restarts. */
    void advance(String consumer, long position);

    /** How many events wait to be kept. */
    int waiting();

    /** Keeps what waits, and takes nothing more. */
    @Override
    void close();
}
