package io.imaas.server.page;

import io.imaas.app.view.TenantView;
import io.imaas.report.Dora;
import io.imaas.report.Html;
import io.imaas.report.MatrixHtml;
import java.time.Duration;
import java.time.Instant;

/** One tenant: what waits, and what runs where. */
public final class TenantPage {
    private static final Duration PERIOD = Duration.ofDays(30);

    private TenantPage() {}

    public static Page of(TenantView view, Offers offers, Instant now) {
        Html body = new Html();
        if (view.failure() != null) {
            body.open("p", "class", "problem")
                    .text("It could not be read: " + view.failure().sentence())
                    .close("p");
        }
        if (!view.isRead()) {
            body.element("p", "It is being read; this page shows it as soon as it is there.", "class", "note");
        } else {
            content(body, view, offers, now);
        }
        String note = String.join(", ", view.tenant().owners()) + " \u00b7 read " + Parts.read(view, now);
        return Page.of("", view.tenant().displayName(), note, body);
    }

    private static void content(Html body, TenantView view, Offers offers, Instant now) {
        if (!view.inbox().isEmpty()) {
            body.open("section")
                    .element("h2", "What waits")
                    .fragment(Parts.inbox(view.inbox(), offers, now).toString())
                    .close("section");
        }
        body.open("section")
                .element("h2", "What runs where")
                .fragment(MatrixHtml.fragment(view.matrix(), service -> Parts.path(view) + "/services/" + service))
                .close("section");
        body.open("p")
                .link(AuditPage.path(view.tenant()), "Audit: who changed what, who agreed")
                .close("p");
        Dora dora = view.dora(now, PERIOD);
        body.open("section")
                .element("h2", "Delivery to " + view.last() + " in 30 days")
                .fragment(DoraPage.facts(dora).toString())
                .close("section");
    }
}
