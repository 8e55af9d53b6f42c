package io.imaas.app.hub;

import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.CloudEvent.StoredEvent;
import io.imaas.port.EventLog;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * A log of events that somebody hears of, as soon as they are kept by this process.
 *
 * @param told hears of each event that it was asked to keep, also of one that was known already
 */
public record ToldEventLog(EventLog log, Consumer<CloudEvent> told) implements EventLog {
    @Override
    public CompletableFuture<Integer> append(List<CloudEvent> events) {
        return log.append(events).thenApply(fresh -> {
            events.forEach(told);
            return fresh;
        });
    }

    @Override
    public List<StoredEvent> after(long position, int limit) {
        return log.after(position, limit);
    }

    @Override
    public List<StoredEvent> before(long position, int limit) {
        return log.before(position, limit);
    }

    @Override
    public long last() {
        return log.last();
    }

    @Override
    public long position(String consumer) {
        return log.position(consumer);
    }

    @Override
    public void advance(String consumer, long position) {
        log.advance(consumer, position);
    }

    @Override
    public int waiting() {
        return log.waiting();
    }

    @Override
    public void close() {
        log.close();
    }
}
