package io.imaas.report;

import java.util.List;
import java.util.Map;

/** Changed lines by the file they are in, as a fragment of HTML. */
public final class DiffHtml {
    private DiffHtml() {}

    /** @param files the lines of each file, begun by {@code +} or {@code -}; any other line is a note */
    public static String fragment(Map<String, List<String>> files) {
        StringBuilder html = new StringBuilder();
        files.forEach((file, lines) -> {
            html.append("<section><h2>").append(HtmlPage.escape(file)).append("</h2>");
            if (lines.isEmpty()) {
                html.append("<p class=\"note\">no difference</p>");
            } else {
                html.append("<pre class=\"diff\">");
                lines.forEach(line -> line(html, line));
                html.append("</pre>");
            }
            html.append("</section>");
        });
        return html.toString();
    }

    private static void line(StringBuilder html, String line) {
        String element = line.startsWith("+") ? "ins" : line.startsWith("-") ? "del" : "span";
        html.append('<').append(element).append('>').append(HtmlPage.escape(line));
        html.append("</").append(element).append('>');
    }
}
