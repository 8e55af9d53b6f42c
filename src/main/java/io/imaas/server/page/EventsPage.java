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

    /**
     * @param events newest first
     * @param older where those before them begin; null when there are none
     */
    public static Page of(List<StoredEvent> events, Object older, Instant now) {
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
            body.note("There are no events here.");
        } else {
            body.fragment(table.end());
        }
        if (older != null) {
            body.open("p").link("/events?before=" + older, "Older").close("p");
        }
        return new Page("/events", "Events", "What hooks told and what the orchestrator did, newest first", body);
    }
}
