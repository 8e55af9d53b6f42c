package io.imaas.server.page;

import io.imaas.app.view.TenantView;
import io.imaas.report.Age;
import io.imaas.report.Html;
import io.imaas.report.StandingPreview;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Pull requests that run on trial. */
public final class PreviewsPage {
    private PreviewsPage() {}

    public static Page of(TenantView view, List<StandingPreview> previews, Offers offers, Instant now) {
        Html body = new Html();
        if (previews.isEmpty()) {
            body.note("No pull request runs on trial.");
        } else {
            Table table = new Table("Preview", "State", "Delivered", "Until", "Why");
            for (StandingPreview preview : previews) {
                table.row()
                        .cell(preview.name().value())
                        .cell(preview.state().name().toLowerCase(Locale.ROOT))
                        .cell(preview.delivered() == null ? Parts.NOTHING : Age.of(preview.delivered(), now) + " ago")
                        .cell(
                                preview.until() == null
                                        ? Parts.NOTHING
                                        : preview.until().toString())
                        .cell(new Html()
                                .open("span")
                                .text(preview.why())
                                .fragment(offers.removal(view.tenant(), preview))
                                .close("span"));
            }
            body.fragment(table.end());
        }
        body.open("p").link(Parts.path(view), "Back to " + view.tenant().name()).close("p");
        return new Page("", "Previews of " + view.tenant().displayName(), previews.size() + " previews", body);
    }
}
