package io.imaas.server.page;

import io.imaas.report.Age;
import io.imaas.report.Html;
import java.util.Comparator;
import java.util.Map;

/** How the orchestrator itself is. */
public final class HealthPage {
    private HealthPage() {}

    /** @param facts by their names, in their order */
    public static Page of(Shown shown, Map<String, String> facts) {
        Html body = new Html().open("dl");
        facts.forEach((name, value) -> body.element("dt", name).element("dd", value));
        long read = shown.views().stream().filter(view -> view.isRead()).count();
        body.element("dt", "Tenants read")
                .element("dd", read + " of " + shown.views().size());
        shown.views().stream()
                .filter(view -> view.readAt() != null)
                .min(Comparator.comparing(view -> view.readAt()))
                .ifPresent(oldest -> body.element("dt", "Oldest view")
                        .element("dd", oldest.tenant().name() + ", " + Age.of(oldest.readAt(), shown.now())));
        body.close("dl");
        shown.views().stream().filter(view -> view.failure() != null).forEach(view -> body.open("p", "class", "problem")
                .link(Parts.path(view), view.tenant().name().value())
                .text(": " + view.failure().sentence())
                .close("p"));
        return new Page("/health", "Health of the orchestrator", "For machines: /healthz, /readyz, /metrics", body);
    }
}
