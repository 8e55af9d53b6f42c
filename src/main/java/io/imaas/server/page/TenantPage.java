package io.imaas.server.page;

import io.imaas.app.view.TenantView;
import io.imaas.report.Dora;
import io.imaas.report.Html;
import io.imaas.report.InboxItem;
import io.imaas.report.Matrix;
import io.imaas.report.MatrixHtml;
import java.time.Duration;
import java.util.List;

/** One tenant: what waits, and what runs where. */
public final class TenantPage {
    private static final Duration PERIOD = Duration.ofDays(30);
    private static final int FIRST = 10;

    private TenantPage() {}

    /** @param shown its filter and its page are those of the services */
    public static Page of(TenantView view, Shown shown) {
        Html body = new Html();
        if (view.failure() != null) {
            body.open("p", "class", "problem")
                    .text("It could not be read: " + view.failure().sentence())
                    .close("p");
        }
        if (!view.isRead()) {
            body.note("It is being read; this page shows it as soon as it is there.");
        } else {
            content(body, view, shown);
        }
        String note = String.join(", ", view.tenant().owners()) + " \u00b7 read " + Parts.read(view, shown.now());
        return new Page("", view.tenant().displayName(), note, body);
    }

    private static void content(Html body, TenantView view, Shown shown) {
        String path = Parts.path(view);
        List<InboxItem> waits = view.inbox();
        if (!waits.isEmpty()) {
            List<InboxItem> first = waits.subList(0, Math.min(FIRST, waits.size()));
            body.section("What waits").fragment(Parts.inbox(first, shown.offers(), shown.now()));
            if (waits.size() > FIRST) {
                body.open("p")
                        .link("/inbox?q=" + view.tenant().name(), "All " + waits.size())
                        .close("p");
            }
            body.close("section");
        }
        Matrix all = view.matrix();
        List<Matrix.Row> fitting =
                all.rows().stream().filter(row -> shown.fits(row.words())).toList();
        body.section("What runs where");
        if (all.rows().size() > Shown.ROWS) {
            body.fragment(Parts.filter(path, shown.filter(), "Service, version or state"));
        }
        body.fragment(MatrixHtml.fragment(
                        new Matrix(all.environments(), fitting, all.notices()),
                        shown.part(fitting),
                        service -> path + "/services/" + service))
                .fragment(Parts.pages(path, shown, fitting.size()))
                .close("section");
        Dora dora = view.dora(shown.now(), PERIOD);
        body.section("Delivery to " + view.last() + " in 30 days")
                .fragment(DoraPage.facts(dora))
                .close("section");
        body.section("More")
                .open("p", "class", "links")
                .link(AuditPage.path(view.tenant()), "Audit: who changed what, who agreed")
                .link(path + "/drift", "Drift: what is not as the platform's files say")
                .link(path + "/previews", "Previews of pull requests")
                .close("p")
                .fragment(shown.offers().about(view.tenant()))
                .close("section");
    }
}
