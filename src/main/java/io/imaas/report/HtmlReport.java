package io.imaas.report;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A report as one self-contained HTML page: no script, no address outside, light and dark. */
public final class HtmlReport {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final StringBuilder html = new StringBuilder();

    private RunReport shown;

    private HtmlReport() {}

    public static String of(Report report) {
        return new HtmlReport().render(report);
    }

    private String render(Report report) {
        html.append("<section><h2>What runs where</h2>")
                .append(MatrixHtml.fragment(report.matrix()))
                .append("</section>");
        where(report.where());
        html.append("<section aria-label=\"Runs\"><h2>What happened</h2>");
        summary(report.runs());
        report.runs().forEach(this::run);
        html.append("</section>");
        return HtmlPage.of(
                report.title(),
                TIME.format(report.at()) + " \u00b7 " + report.runs().size() + " runs",
                html.toString());
    }

    /** How runs ended, in numbers; the first good one is shown at once, and so is every one that is not. */
    private void summary(List<RunReport> runs) {
        Map<String, Long> counts = runs.stream()
                .collect(Collectors.groupingBy(run -> run.status().word(), TreeMap::new, Collectors.counting()));
        html.append("<p>");
        counts.forEach((status, count) -> html.append("<span class=\"chip ")
                .append(status)
                .append("\">")
                .append(count)
                .append(' ')
                .append(status)
                .append("</span> "));
        html.append("</p>");
        shown = runs.stream()
                .filter(run -> run.status() == RunReport.Status.SUCCEEDED
                        && run.steps().size() > 1)
                .findFirst()
                .orElse(null);
    }

    private void where(List<Report.Pointer> pointers) {
        html.append("<section><h2>See for yourself</h2><dl>");
        for (Report.Pointer pointer : pointers) {
            html.append("<dt>")
                    .append(HtmlPage.escape(pointer.what()))
                    .append("</dt><dd><code>")
                    .append(HtmlPage.escape(pointer.command()))
                    .append("</code></dd>");
        }
        html.append("</dl></section>");
    }

    private void run(RunReport run) {
        html.append("<details")
                .append(run.status() == RunReport.Status.SUCCEEDED && !run.equals(shown) ? "" : " open")
                .append("><summary><span class=\"chip ")
                .append(run.status().word())
                .append("\">")
                .append(run.status().word())
                .append("</span> <b>")
                .append(HtmlPage.escape(run.title()))
                .append("</b> <span class=\"took\">")
                .append(seconds(run.millis()))
                .append("</span></summary>");
        html.append(GatesHtml.fragment(run.gates())).append(GanttSvg.fragment(run));
        html.append("<ol class=\"steps\">");
        for (RunReport.Step step : run.steps()) {
            html.append("<li class=\"")
                    .append(step.status().word())
                    .append("\"><span class=\"title\">")
                    .append(HtmlPage.escape(step.title()))
                    .append("</span><span class=\"took\">")
                    .append(step.status() == RunReport.Status.NOT_STARTED ? "not started" : seconds(step.millis()))
                    .append("</span>");
            if (!step.detail().isEmpty()) {
                html.append("<span class=\"detail\">")
                        .append(HtmlPage.escape(step.detail()))
                        .append("</span>");
            }
            step.problems().forEach(problem -> html.append("<span class=\"detail problem\">")
                    .append(HtmlPage.escape(problem.sentence()))
                    .append("</span>"));
            html.append("</li>");
        }
        html.append("</ol>");
        run.notes().forEach(note -> html.append("<p class=\"note\">")
                .append(HtmlPage.escape(note))
                .append("</p>"));
        html.append("</details>");
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
