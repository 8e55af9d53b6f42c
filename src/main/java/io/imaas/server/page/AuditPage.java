package io.imaas.server.page;

import io.imaas.model.tenancy.Tenant;
import io.imaas.report.Html;
import io.imaas.report.PeriodReport;
import java.util.List;

/** All changes of a tenant in a period, those against the separation of duties first. */
public final class AuditPage {
    private static final List<Integer> PERIODS = List.of(7, 30, 90, 365);

    /** A person reads no more; the file has all. */
    private static final int MOST = 50;

    private AuditPage() {}

    /** @param words which changes are shown: those that have each of them; empty: all */
    public static Page of(Tenant tenant, PeriodReport all, int days, String words) {
        String path = path(tenant);
        PeriodReport report = all.having(words);
        Html body = Parts.filter(
                        path,
                        words,
                        "Service, environment, person or version",
                        Parts.hidden("days", String.valueOf(days)))
                .open("p");
        for (int period : PERIODS) {
            Parts.choice(body, period + " days", path + "?days=" + period, words, period == days);
        }
        body.element("a", "For spreadsheets (CSV)", "href", path + ".csv?days=" + days, "download", "")
                .close("p")
                .fragment(report.fragment(MOST));
        int more = report.changes().size() - MOST;
        if (more > 0) {
            body.element("p", more + " more changes are in the file for spreadsheets.", "class", "note");
        }
        return new Page("", "Audit of " + tenant.displayName(), all.counts(), body);
    }

    static String path(Tenant tenant) {
        return Parts.path(tenant) + "/audit";
    }
}
