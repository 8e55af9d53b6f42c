package io.imaas.report;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.util.function.Function;

/** A matrix as a table of HTML, to be put into any page that brings {@link HtmlPage}'s style sheet. */
public final class MatrixHtml {
    /** The picture of more services than these is folded up: the table stands in the first place. */
    private static final int AT_ONCE = 12;

    private final StringBuilder html = new StringBuilder();
    private final Function<ServiceName, String> links;

    private MatrixHtml(Function<ServiceName, String> links) {
        this.links = links;
    }

    /** No page of its own: a table in a box that scrolls sideways on a narrow screen. */
    public static String fragment(Matrix matrix) {
        return fragment(matrix, service -> null);
    }

    /** @param links where a service has a page of its own; null where it has none */
    public static String fragment(Matrix matrix, Function<ServiceName, String> links) {
        return new MatrixHtml(links).render(matrix);
    }

    private String render(Matrix matrix) {
        matrix.notices()
                .forEach(notice ->
                        html.append("<p><b>").append(HtmlPage.escape(notice)).append("</b></p>"));
        boolean folded = matrix.rows().size() > AT_ONCE;
        html.append(folded ? "<details><summary>As a picture</summary>" : "")
                .append(LanesSvg.fragment(matrix))
                .append(folded ? "</details>" : "");
        html.append("<div class=\"wide\"><table class=\"matrix\"><thead><tr>").append("<th scope=\"col\">Service</th>");
        for (EnvironmentName environment : matrix.environments()) {
            html.append("<th scope=\"col\">")
                    .append(HtmlPage.escape(environment.value()))
                    .append("</th>");
        }
        html.append("</tr></thead><tbody>");
        for (Matrix.Row row : matrix.rows()) {
            String link = links.apply(row.service());
            String name = HtmlPage.escape(row.service().value());
            html.append("<tr><th scope=\"row\">")
                    .append(link == null ? name : "<a href=\"" + HtmlPage.escape(link) + "\">" + name + "</a>")
                    .append("</th>");
            for (int i = 0; i < row.cells().size(); i++) {
                cell(row.cells().get(i), matrix.environments().get(i));
            }
            html.append("</tr>");
        }
        html.append("</tbody></table></div>");
        return html.toString();
    }

    private void cell(Matrix.Cell cell, EnvironmentName environment) {
        // On a phone a row becomes a card, and each cell says by itself which environment it is.
        String label = " data-label=\"" + HtmlPage.escape(environment.value()) + "\"";
        if (cell.version().isEmpty() && cell.digest().isEmpty()) {
            html.append("<td class=\"none\"")
                    .append(label)
                    .append('>')
                    .append(cell.note().isEmpty() ? "&ndash;" : HtmlPage.escape(cell.note()));
        } else {
            html.append("<td")
                    .append(label)
                    .append("><b>")
                    .append(HtmlPage.escape(cell.version()))
                    .append("</b> <span class=\"chip ")
                    .append(HtmlPage.escape(cell.health()))
                    .append("\">")
                    .append(HtmlPage.escape(cell.health()))
                    .append("</span><br><code title=\"")
                    .append(HtmlPage.escape(cell.digest()))
                    .append("\">")
                    .append(HtmlPage.escape(cell.digest()
                            .substring(0, Math.min(19, cell.digest().length()))))
                    .append("</code>");
            if (!cell.since().isEmpty()) {
                html.append("<br><span class=\"note\">")
                        .append(HtmlPage.escape(cell.since().substring(0, 16).replace('T', ' ') + " " + cell.by()))
                        .append("</span>");
            }
            if (!cell.note().isEmpty()) {
                html.append("<br><span class=\"note\">")
                        .append(HtmlPage.escape(cell.note()))
                        .append("</span>");
            }
        }
        cell.waits().forEach(wait -> html.append("<br><span class=\"note\">next: ")
                .append(HtmlPage.escape(wait))
                .append("</span>"));
        html.append("</td>");
    }
}
