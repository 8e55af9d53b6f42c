package io.imaas.server.page;

import io.imaas.app.Audit;
import io.imaas.app.view.TenantView;
import io.imaas.report.Html;
import java.util.List;
import java.util.Locale;

/** Where a tenant's space is not as the platform's files say, the gravest first. */
public final class DriftPage {
    private DriftPage() {}

    public static Page of(TenantView view, List<Audit.Finding> findings, Offers offers) {
        Html body = new Html();
        if (findings.isEmpty()) {
            body.note("Everything is as the platform's files say.");
        } else {
            Table table = new Table("Severity", "What", "Difference", "Fix");
            for (Audit.Finding finding : findings) {
                table.row()
                        .cell(new Html()
                                .element(
                                        "span",
                                        finding.severity().name().toLowerCase(Locale.ROOT),
                                        "class",
                                        "chip " + style(finding.severity())))
                        .cell(finding.thing())
                        .cell(finding.what())
                        .cell(finding.fix());
            }
            body.fragment(table.end());
        }
        body.fragment(offers.onboarding(view.tenant()))
                .open("p")
                .link(Parts.path(view), "Back to " + view.tenant().name())
                .close("p");
        return new Page(
                "",
                "Drift of " + view.tenant().displayName(),
                "The cluster and the Git server, compared with the platform's files",
                body);
    }

    private static String style(Audit.Severity severity) {
        return switch (severity) {
            case HIGH -> "failed";
            case MEDIUM -> "refused";
            case LOW -> "idle";
        };
    }
}
