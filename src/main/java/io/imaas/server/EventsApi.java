package io.imaas.server;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.imaas.app.access.Visitor;
import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.StoredEvent;
import io.imaas.report.Json;
import io.javalin.http.Context;
import java.util.List;

/** {@code GET /api/v1/events}: the log as CloudEvents, page by page. */
final class EventsApi {
    private static final int USUAL = 100;
    private static final int MOST = 1_000;

    private final Served served;
    private final Login login;

    EventsApi(Served served, Login login) {
        this.served = served;
        this.login = login;
    }

    /** @param next ask {@code after} it for what comes then */
    record Page(List<Entry> events, long next) {}

    record Entry(String specversion, long position, String datacontenttype, @JsonUnwrapped CloudEvent event) {
        Entry(StoredEvent stored) {
            this("1.0", stored.position(), "application/json", stored.event());
        }
    }

    void list(Context ctx) {
        Visitor visitor = login.of(ctx);
        long after = Query.number(ctx, "after", 0, Long.MAX_VALUE);
        List<StoredEvent> found = served.hub().after(after, (int) Query.number(ctx, "limit", USUAL, MOST));
        long next = found.isEmpty() ? after : found.get(found.size() - 1).position();
        ctx.contentType("application/json")
                .result(Json.pretty(new Page(
                        served.visible(visitor, found).stream().map(Entry::new).toList(), next)));
    }
}
