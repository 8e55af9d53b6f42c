package io.imaas.report;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * When each step of a run ran. Groups run one after the other, so of each group the step that ended last is on the
 * critical path: what would have to be faster for the run to be faster.
 */
public final class GanttSvg {
    private static final int NAMES = 300;
    private static final int WIDTH = 620;
    private static final int ROW = 22;

    private final RunReport run;
    private final long whole;

    private GanttSvg(RunReport run) {
        this.run = run;
        this.whole = Math.max(
                1,
                run.steps().stream()
                        .mapToLong(step -> step.offsetMillis() + step.millis())
                        .max()
                        .orElse(1));
    }

    /** A fragment for any page with {@link HtmlPage}'s style sheet; empty when nothing ran. */
    public static String fragment(RunReport run) {
        boolean ran = run.steps().stream().anyMatch(GanttSvg::ran);
        return ran ? new GanttSvg(run).draw() : "";
    }

    private static boolean ran(RunReport.Step step) {
        return step.status() != RunReport.Status.NOT_STARTED;
    }

    /** The titles of the steps that the run's time is made of, in order. */
    static List<RunReport.Step> criticalPath(RunReport run) {
        Map<String, RunReport.Step> last = new LinkedHashMap<>();
        run.steps().stream()
                .filter(GanttSvg::ran)
                .forEach(step -> last.merge(step.group(), step, (a, b) -> end(b) > end(a) ? b : a));
        return new ArrayList<>(last.values());
    }

    private static long end(RunReport.Step step) {
        return step.offsetMillis() + step.millis();
    }

    private String draw() {
        List<RunReport.Step> path = criticalPath(run);
        Set<String> critical =
                new HashSet<>(path.stream().map(RunReport.Step::id).toList());
        List<RunReport.Step> steps = run.steps().stream().filter(GanttSvg::ran).toList();
        String told = path.stream()
                .map(step -> step.title() + " " + seconds(step.millis()))
                .collect(Collectors.joining(", then "));
        Svg svg = new Svg(
                "gantt", NAMES + WIDTH + 70, ROW * steps.size() + 24, "Course of the run. Critical path: " + told);
        for (int i = 0; i < steps.size(); i++) {
            RunReport.Step step = steps.get(i);
            int y = ROW * i + 14;
            int from = NAMES + (int) (WIDTH * step.offsetMillis() / whole);
            int width = Math.max(3, (int) (WIDTH * step.millis() / whole));
            boolean slow = critical.contains(step.id());
            String style = step.status().word() + (slow ? " critical" : "");
            svg.text(0, y + 3, slow ? "name critical" : "name", shortened(step.title()));
            svg.box(
                    from,
                    y - 8,
                    width,
                    13,
                    style,
                    step.title() + ": from " + seconds(step.offsetMillis()) + " on, for " + seconds(step.millis()));
            svg.text(from + width + 6, y + 3, "took", seconds(step.millis()));
        }
        int y = ROW * steps.size() + 8;
        svg.line(NAMES, y - 4, NAMES + WIDTH, y - 4, "axis");
        svg.text(NAMES, y + 12, "took", "0 s").text(NAMES + WIDTH - 30, y + 12, "took", seconds(whole));
        return svg.fragment() + new Html().note("Critical path: " + told + ".");
    }

    private static String shortened(String text) {
        return text.length() <= 44 ? text : text.substring(0, 43) + "\u2026";
    }

    private static String seconds(long millis) {
        return String.format(Locale.ROOT, "%.1f s", millis / 1000.0);
    }
}
