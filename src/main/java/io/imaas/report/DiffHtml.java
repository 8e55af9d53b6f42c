package io.imaas.report;

import io.imaas.plan.snapshot.ManifestChange;
import java.util.List;
import java.util.Map;

/** Changed lines by the file they are in, as a fragment of HTML. */
public final class DiffHtml {
    private DiffHtml() {}

    /** @param files the lines of each file, begun by {@code +} or {@code -}; any other line is a note */
    public static String fragment(Map<String, List<String>> files) {
        Html html = new Html();
        files.forEach((file, lines) -> {
            html.section(file);
            if (lines.isEmpty()) {
                html.note("no difference");
            } else {
                lines(html, lines);
            }
            html.close("section");
        });
        return html.toString();
    }

    /** What changes in a service's manifests, folded. */
    static String folded(ManifestChange change) {
        int lines = change.lines().size();
        Html html = new Html().open("details");
        html.element("summary", "Manifests of " + change.service() + ": " + lines + (lines == 1 ? " line" : " lines"));
        lines(html, change.lines());
        return html.close("details").toString();
    }

    private static void lines(Html html, List<String> lines) {
        html.open("pre", "class", "diff", "tabindex", "0");
        lines.forEach(line -> html.element(line.startsWith("+") ? "ins" : line.startsWith("-") ? "del" : "span", line));
        html.close("pre");
    }
}
