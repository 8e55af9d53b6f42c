package io.imaas.report;

import io.imaas.plan.snapshot.AuditEntry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Collectors;

/** The changes of a service as a fragment of HTML: one table an environment, newest first. */
public final class AuditHtml {
    private AuditHtml() {}

    public static String fragment(List<AuditEntry> entries) {
        Html html = new Html();
        if (entries.isEmpty()) {
            html.note("nothing yet");
        }
        AuditText.rows(entries).stream()
                .collect(Collectors.groupingBy(AuditRow::environment, LinkedHashMap::new, Collectors.toList()))
                .forEach((environment, rows) -> {
                    html.section(environment).table(null, List.of("When (UTC)", "Version", "By", "What"));
                    rows.forEach(row -> row(html, row));
                    html.close("tbody", "table", "div", "section");
                });
        return html.toString();
    }

    private static void row(Html html, AuditRow row) {
        String digest = row.digest().isEmpty() ? "" : row.digest().substring("sha256:".length(), 19);
        html.open("tr").element("td", Age.minute(row.at()));
        html.open("td")
                .element("b", row.version())
                .open("br")
                .element("code", digest)
                .close("td");
        html.element("td", row.by()).open("td").text(row.what()).open("br");
        html.element("code", row.commit().substring(0, 10), "title", "commit");
        row.details().forEach((name, value) -> html.remark(name + ": " + value));
        html.close("td", "tr");
    }
}
