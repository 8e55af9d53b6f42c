package io.imaas.report;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A report as one self-contained HTML page: no script, no address outside, light and dark. */
public final class HtmlReport {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final Html html = new Html();

    private RunReport shown;

    private HtmlReport() {}

    public static String of(Report report) {
        return new HtmlReport().render(report);
    }

    private String render(Report report) {
        html.section("What runs where").fragment(MatrixHtml.fragment(report.matrix()));
        html.close("section").section("See for yourself").open("dl");
        for (Report.Pointer pointer : report.where()) {
            html.element("dt", pointer.what())
                    .open("dd")
                    .element("code", pointer.command())
                    .close("dd");
        }
        html.close("dl", "section").open("section", "aria-label", "Runs").element("h2", "What happened");
        summary(report.runs());
        report.runs().forEach(this::run);
        html.close("section");
        return HtmlPage.of(
                report.title(),
                TIME.format(report.at()) + " \u00b7 " + report.runs().size() + " runs",
                html.toString());
    }

    /** How runs ended, in numbers; the first good one is shown at once, and so is every one that is not. */
    private void summary(List<RunReport> runs) {
        html.open("p");
        runs.stream()
                .collect(Collectors.groupingBy(RunReport::status, TreeMap::new, Collectors.counting()))
                .forEach((status, count) -> chip(status, count + " " + status.text()));
        html.close("p");
        shown = runs.stream()
                .filter(run -> run.status() == RunReport.Status.SUCCEEDED
                        && run.steps().size() > 1)
                .findFirst()
                .orElse(null);
    }

    private void chip(RunReport.Status status, String text) {
        html.element("span", text, "class", "chip " + status.word()).text(" ");
    }

    private void run(RunReport run) {
        boolean folded = run.status() == RunReport.Status.SUCCEEDED && !run.equals(shown);
        html.open("details", "open", folded ? null : "").open("summary");
        chip(run.status(), run.status().text());
        html.element("b", run.title()).text(" ").element("span", seconds(run.millis()), "class", "took");
        html.close("summary").fragment(GatesHtml.fragment(run.gates())).fragment(GanttSvg.fragment(run));
        html.open("ol", "class", "steps");
        for (RunReport.Step step : run.steps()) {
            boolean begun = step.status() != RunReport.Status.NOT_STARTED;
            html.open("li", "class", step.status().word()).element("span", step.title(), "class", "title");
            html.element("span", begun ? seconds(step.millis()) : "not started", "class", "took");
            if (!step.detail().isEmpty()) {
                html.element("span", step.detail(), "class", "detail");
            }
            step.problems().forEach(problem -> html.element("span", problem.sentence(), "class", "detail problem"));
            html.close("li");
        }
        html.close("ol");
        run.notes().forEach(html::note);
        run.changes().forEach(change -> html.fragment(DiffHtml.folded(change)));
        html.close("details");
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
