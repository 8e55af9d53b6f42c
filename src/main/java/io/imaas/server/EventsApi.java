package io.imaas.server;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imaas.app.access.Visitor;
import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.StoredEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;

/** {@code GET /api/v1/events}: the log as CloudEvents, page by page. */
final class EventsApi {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    private final Served served;

    EventsApi(Served served) {
        this.served = served;
    }

    /** @param next ask {@code after} it for what comes then */
    record Page(List<Entry> events, long next) {}

    record Entry(String specversion, long position, String datacontenttype, @JsonUnwrapped CloudEvent event) {
        Entry(StoredEvent stored) {
            this("1.0", stored.position(), "application/json", stored.event());
        }
    }

    CompletableFuture<Page> list(Visitor visitor, UnaryOperator<String> given) {
        long after = Query.number(given, "after", 0, Long.MAX_VALUE);
        List<StoredEvent> found = served.hub().after(after, (int) Query.number(given, "limit", USUAL, MOST));
        long next = found.isEmpty() ? after : found.get(found.size() - 1).position();
        return CompletableFuture.completedFuture(
                new Page(served.visible(visitor, found).stream().map(Entry::new).toList(), next));
    }
}
