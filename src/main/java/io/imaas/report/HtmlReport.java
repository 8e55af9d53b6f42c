package io.imaas.report;

import io.imaas.model.EnvironmentName;
import io.imaas.model.FailureException;
import io.imaas.plan.Gate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** A report as one self-contained HTML page: no script, no address outside, light and dark. */
public final class HtmlReport {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final StringBuilder html = new StringBuilder();

    private HtmlReport() {}

    public static String of(Report report) {
        return new HtmlReport().render(report);
    }

    private String render(Report report) {
        html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"><title>")
                .append(escape(report.title()))
                .append("</title><style>")
                .append(style())
                .append("</style></head><body><main><header><h1>")
                .append(escape(report.title()))
                .append("</h1><p>")
                .append(TIME.format(report.at()))
                .append(" &middot; ")
                .append(report.runs().size())
                .append(" runs</p></header>");
        matrix(report.matrix());
        where(report.where());
        html.append("<section aria-label=\"Runs\"><h2>What happened</h2>");
        report.runs().forEach(this::run);
        html.append("</section></main></body></html>\n");
        return html.toString();
    }

    private void matrix(Matrix matrix) {
        html.append("<section><h2>What runs where</h2><div class=\"wide\"><table class=\"matrix\"><thead><tr>")
                .append("<th scope=\"col\">Service</th>");
        for (EnvironmentName environment : matrix.environments()) {
            html.append("<th scope=\"col\">")
                    .append(escape(environment.value()))
                    .append("</th>");
        }
        html.append("</tr></thead><tbody>");
        for (Matrix.Row row : matrix.rows()) {
            html.append("<tr><th scope=\"row\">")
                    .append(escape(row.service().value()))
                    .append("</th>");
            row.cells().forEach(this::cell);
            html.append("</tr>");
        }
        html.append("</tbody></table></div></section>");
    }

    private void cell(Matrix.Cell cell) {
        if (cell.version().isEmpty()) {
            html.append("<td class=\"none\">").append(cell.note().isEmpty() ? "&ndash;" : escape(cell.note()));
        } else {
            html.append("<td><b>")
                    .append(escape(cell.version()))
                    .append("</b> <span class=\"chip ")
                    .append(escape(cell.health()))
                    .append("\">")
                    .append(escape(cell.health()))
                    .append("</span><br><code title=\"")
                    .append(escape(cell.digest()))
                    .append("\">")
                    .append(escape(cell.digest()
                            .substring(0, Math.min(19, cell.digest().length()))))
                    .append("</code>");
            if (!cell.since().isEmpty()) {
                html.append("<br><span class=\"note\">")
                        .append(escape(cell.since().substring(0, 16).replace('T', ' ') + " " + cell.by()))
                        .append("</span>");
            }
            if (!cell.note().isEmpty()) {
                html.append("<br><span class=\"note\">")
                        .append(escape(cell.note()))
                        .append("</span>");
            }
        }
        cell.waits().forEach(wait -> html.append("<br><span class=\"note\">next: ")
                .append(escape(wait))
                .append("</span>"));
        html.append("</td>");
    }

    private void where(List<Report.Pointer> pointers) {
        html.append("<section><h2>See for yourself</h2><dl>");
        for (Report.Pointer pointer : pointers) {
            html.append("<dt>")
                    .append(escape(pointer.what()))
                    .append("</dt><dd><code>")
                    .append(escape(pointer.command()))
                    .append("</code></dd>");
        }
        html.append("</dl></section>");
    }

    private void run(RunReport run) {
        long longest = Math.max(
                1, run.steps().stream().mapToLong(RunReport.Step::millis).max().orElse(1));
        html.append("<details")
                .append(run.status().equals("SUCCEEDED") ? "" : " open")
                .append("><summary><span class=\"chip ")
                .append(run.status().toLowerCase(Locale.ROOT))
                .append("\">")
                .append(run.status().toLowerCase(Locale.ROOT))
                .append("</span> <b>")
                .append(escape(run.title()))
                .append("</b> <span class=\"took\">")
                .append(seconds(run.millis()))
                .append("</span></summary>");
        gates(run.gates());
        html.append("<ol class=\"steps\">");
        for (RunReport.Step step : run.steps()) {
            html.append("<li class=\"")
                    .append(step.status().toLowerCase(Locale.ROOT))
                    .append("\"><span class=\"title\">")
                    .append(escape(step.title()))
                    .append("</span><span class=\"bar\"><i style=\"width:")
                    .append(Math.max(1, 100 * step.millis() / longest))
                    .append("%\"></i></span><span class=\"took\">")
                    .append(step.status().equals("NOT_STARTED") ? "not started" : seconds(step.millis()))
                    .append("</span>");
            if (!step.detail().isEmpty()) {
                html.append("<span class=\"detail\">")
                        .append(escape(step.detail()))
                        .append("</span>");
            }
            step.problems().forEach(problem -> html.append("<span class=\"detail problem\">")
                    .append(escape(problem.sentence()))
                    .append("</span>"));
            html.append("</li>");
        }
        html.append("</ol>");
        run.notes()
                .forEach(note ->
                        html.append("<p class=\"note\">").append(escape(note)).append("</p>"));
        html.append("</details>");
    }

    private void gates(List<Gate> gates) {
        if (gates.isEmpty()) {
            return;
        }
        html.append("<ul class=\"gates\">");
        for (Gate gate : gates) {
            String state = gate.overridden() ? "forced" : gate.open() ? "open" : "closed";
            html.append("<li><span class=\"chip ")
                    .append(state)
                    .append("\">")
                    .append(escape(gate.name()))
                    .append(' ')
                    .append(state)
                    .append("</span> ")
                    .append(escape(gate.sentence()));
            if (!gate.opensWhen().isEmpty()) {
                html.append(" <em>Opens: ").append(escape(gate.opensWhen())).append("</em>");
            }
            html.append("</li>");
        }
        html.append("</ul>");
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String style() {
        try (InputStream css = HtmlReport.class.getResourceAsStream("/report/report.css")) {
            return new String(css.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw FailureException.defect("the report's style sheet is not in the jar", e);
        }
    }
}
