package io.imaas.server.page;

import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.CloudEvent.StoredEvent;
import io.imaas.report.Age;
import io.imaas.report.Html;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/** What happened, newest first. */
public final class EventsPage {
    private EventsPage() {}

    /** @param events newest first */
    public static Page of(List<StoredEvent> events, Instant now) {
        Table table = new Table("When", "What", "Tenant", "Where", "Facts");
        for (StoredEvent stored : events) {
            String facts = stored.event().data().entrySet().stream()
                    .filter(fact -> !fact.getValue().isEmpty())
                    .map(fact -> fact.getKey() + ": " + fact.getValue())
                    .collect(Collectors.joining(", "));
            CloudEvent event = stored.event();
            table.row()
                    .cell(
                            Age.of(event.time(), now) + " ago",
                            "title",
                            event.time().toString())
                    .cell(new Html().element("code", event.type()))
                    .cell(event.tenant())
                    .cell(event.subject(), "class", "facts")
                    .cell(facts, "class", "facts");
        }
        Html body = new Html();
        if (events.isEmpty()) {
            body.note("Nothing happened yet.");
        } else {
            body.fragment(table.end());
            long before = events.get(events.size() - 1).position();
            if (before > 1) {
                body.open("p").link("/events?before=" + before, "Older").close("p");
            }
        }
        return new Page("/events", "Events", "What hooks told and what the orchestrator did, newest first", body);
    }
}
