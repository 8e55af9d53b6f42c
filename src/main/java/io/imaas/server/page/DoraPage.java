package io.imaas.server.page;

import io.imaas.app.view.TenantView;
import io.imaas.report.Dora;
import io.imaas.report.Html;
import java.time.Duration;
import java.util.List;

/** How tenants deliver, by the measures of DORA: from what Git tells, for one period. */
public final class DoraPage {
    private DoraPage() {}

    /** @param days the period that ends now */
    public static Page of(Shown shown, int days) {
        Html body = Parts.filter(
                        "/dora", shown.filter(), "Tenant or service", Parts.hidden("days", String.valueOf(days)))
                .open("p");
        for (int each : new int[] {7, 30, 90}) {
            Parts.choice(body, each + " days", "/dora?days=" + each, shown.filter(), each == days);
        }
        body.close("p");
        Table table = new Table(
                "Tenant", "Environment", "Releases", "Lead time", "Failure rate", "Time to restore", "Rework");
        List<TenantView> views = shown.fitting();
        for (TenantView view : shown.part(views)) {
            Dora dora = view.dora(shown.now(), Duration.ofDays(days));
            table.row()
                    .name(Parts.path(view), view.tenant().name().value())
                    .cell(view.last().value())
                    .cell(view.isRead() ? String.valueOf(dora.deployments()) : "not read yet")
                    .cell(Parts.span(dora.leadTime()))
                    .cell(failureRate(dora))
                    .cell(Parts.span(dora.restore()))
                    .cell(dora.deployments() == 0 ? Parts.NOTHING : String.valueOf(dora.rework()));
        }
        body.fragment(table.end())
                .fragment(Parts.pages("/dora?days=" + days, shown, views.size()))
                .element(
                        "p",
                        "Releases to each tenant's last environment. Lead time: from a release's first environment to this"
                                + " one. Failed: rolled back. Times are medians.",
                        "class",
                        "note");
        return new Page(
                "/dora", "Delivery", "The last " + days + " days, from the commits of the GitOps repositories", body);
    }

    /** Of no release nothing can be said. */
    private static String failureRate(Dora dora) {
        return dora.deployments() == 0 ? Parts.NOTHING : dora.failureRate() + " %";
    }

    static Html facts(Dora dora) {
        return new Html()
                .open("dl")
                .element("dt", "Releases")
                .element("dd", String.valueOf(dora.deployments()))
                .element("dt", "Lead time")
                .element("dd", Parts.span(dora.leadTime()))
                .element("dt", "Failure rate")
                .element("dd", failureRate(dora))
                .element("dt", "Time to restore")
                .element("dd", Parts.span(dora.restore()))
                .element("dt", "Rework")
                .element("dd", String.valueOf(dora.rework()))
                .close("dl");
    }
}
