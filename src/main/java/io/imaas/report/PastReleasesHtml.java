package io.imaas.report;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.plan.snapshot.PastRelease;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a service ran in each environment, as a fragment of HTML: one table an environment, newest first. */
public final class PastReleasesHtml {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private PastReleasesHtml() {}

    /** @param past by environment */
    public static String fragment(Map<EnvironmentName, List<PastRelease>> past) {
        StringBuilder html = new StringBuilder();
        past.forEach((environment, releases) -> {
            html.append("<section><h2>")
                    .append(HtmlPage.escape(environment.value()))
                    .append("</h2>");
            if (releases.isEmpty()) {
                html.append("<p class=\"note\">nothing yet</p>");
            } else {
                html.append("<div class=\"wide\"><table><thead><tr><th scope=\"col\">When (UTC)</th>"
                        + "<th scope=\"col\">Version</th><th scope=\"col\">By</th>"
                        + "<th scope=\"col\">What</th></tr></thead><tbody>");
                releases.forEach(release -> row(html, release));
                html.append("</tbody></table></div>");
            }
            html.append("</section>");
        });
        return html.toString();
    }

    private static void row(StringBuilder html, PastRelease past) {
        html.append("<tr><td>")
                .append(TIME.format(past.at()))
                .append("</td><td><b>")
                .append(HtmlPage.escape(past.release().version()))
                .append("</b><br><code>")
                .append(HtmlPage.escape(past.release().image().digest().abbreviated()))
                .append("</code></td><td>")
                .append(HtmlPage.escape(past.by()))
                .append("</td><td>")
                .append(HtmlPage.escape(past.subject()))
                .append("<br><code title=\"commit\">")
                .append(HtmlPage.escape(past.commit().abbreviated()))
                .append("</code></td></tr>");
    }
}
