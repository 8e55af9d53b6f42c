package io.imaas.server.page;

import io.imaas.model.event.StoredEvent;
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
        Html table = Parts.table("When", "What", "Tenant", "Where", "Facts");
        for (StoredEvent stored : events) {
            String facts = stored.event().data().entrySet().stream()
                    .filter(fact -> !fact.getValue().isEmpty())
                    .map(fact -> fact.getKey() + ": " + fact.getValue())
                    .collect(Collectors.joining(", "));
            table.open("tr")
                    .element(
                            "td",
                            Age.of(stored.event().time(), now) + " ago",
                            "data-label",
                            "When",
                            "title",
                            stored.event().time().toString())
                    .open("td", "data-label", "What")
                    .element("code", stored.event().type())
                    .close("td")
                    .element("td", stored.event().tenant(), "data-label", "Tenant")
                    .element("td", stored.event().subject(), "data-label", "Where", "class", "facts")
                    .element("td", facts, "data-label", "Facts", "class", "facts")
                    .close("tr");
        }
        Html body = new Html();
        if (events.isEmpty()) {
            body.note("Nothing happened yet.");
        } else {
            body.fragment(table.close("tbody", "table", "div"));
            long before = events.get(events.size() - 1).position();
            if (before > 1) {
                body.open("p").link("/events?before=" + before, "Older").close("p");
            }
        }
        return new Page("/events", "Events", "What hooks told and what the orchestrator did, newest first", body);
    }
}
