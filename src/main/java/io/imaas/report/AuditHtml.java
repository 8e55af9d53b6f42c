package io.imaas.report;

import io.imaas.plan.snapshot.AuditEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The changes of a service as a fragment of HTML: one table an environment, newest first. */
public final class AuditHtml {
    private AuditHtml() {}

    public static String fragment(List<AuditEntry> entries) {
        if (entries.isEmpty()) {
            return "<p class=\"note\">nothing yet</p>";
        }
        Map<String, List<AuditRow>> byEnvironment = AuditText.rows(entries).stream()
                .collect(Collectors.groupingBy(AuditRow::environment, LinkedHashMap::new, Collectors.toList()));
        StringBuilder html = new StringBuilder();
        byEnvironment.forEach((environment, rows) -> {
            html.append("<section><h2>")
                    .append(HtmlPage.escape(environment))
                    .append("</h2><div class=\"wide\"><table><thead><tr><th scope=\"col\">When (UTC)</th>")
                    .append("<th scope=\"col\">Version</th><th scope=\"col\">By</th><th scope=\"col\">What</th>")
                    .append("</tr></thead><tbody>");
            rows.forEach(row -> row(html, row));
            html.append("</tbody></table></div></section>");
        });
        return html.toString();
    }

    private static void row(StringBuilder html, AuditRow row) {
        String digest = row.digest().isEmpty() ? "" : row.digest().substring("sha256:".length(), 19);
        html.append("<tr><td>")
                .append(row.at().substring(0, 16).replace('T', ' '))
                .append("</td><td><b>")
                .append(HtmlPage.escape(row.version()))
                .append("</b><br><code>")
                .append(digest)
                .append("</code></td><td>")
                .append(HtmlPage.escape(row.by()))
                .append("</td><td>")
                .append(HtmlPage.escape(row.what()))
                .append("<br><code title=\"commit\">")
                .append(row.commit(), 0, 10)
                .append("</code>");
        row.details().forEach((name, value) -> html.append("<br><span class=\"note\">")
                .append(HtmlPage.escape(name + ": " + value))
                .append("</span>"));
        html.append("</td></tr>");
    }
}
