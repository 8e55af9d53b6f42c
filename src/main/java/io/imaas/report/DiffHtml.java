package io.imaas.report;

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
                html.open("pre", "class", "diff");
                lines.forEach(line ->
                        html.element(line.startsWith("+") ? "ins" : line.startsWith("-") ? "del" : "span", line));
                html.close("pre");
            }
            html.close("section");
        });
        return html.toString();
    }
}
