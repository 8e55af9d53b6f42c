package io.imaas.server;

import io.imaas.app.access.Visitor;
import io.imaas.app.hub.Hub;
import io.imaas.app.request.Requests;
import io.imaas.app.view.TenantView;
import io.imaas.app.view.Views;
import io.imaas.model.event.StoredEvent;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.Clock;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the server shows and takes.
 *
 * @param facts about the orchestrator itself, by their names, as they are now
 */
public record Served(Hub hub, Views views, Requests requests, Clock clock, Supplier<Map<String, String>> facts) {
    /** The tenants that somebody may see. */
    List<TenantView> visible(Visitor visitor) {
        return views.all().stream().filter(view -> visitor.sees(view.tenant())).toList();
    }

    /** Those events that somebody may see. What concerns no tenant is for those who see all. */
    List<StoredEvent> visible(Visitor visitor, List<StoredEvent> events) {
        return events.stream()
                .filter(stored ->
                        visitor.seesAll() || isOf(visitor, stored.event().tenant()))
                .toList();
    }

    private boolean isOf(Visitor visitor, String tenant) {
        return !tenant.isEmpty()
                && views.of(new TenantName(tenant))
                        .filter(view -> visitor.sees(view.tenant()))
                        .isPresent();
    }
}
