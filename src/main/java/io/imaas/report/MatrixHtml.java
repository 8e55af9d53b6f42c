package io.imaas.report;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A matrix as a table of HTML, to be put into any page that brings {@link HtmlPage}'s style sheet. */
public final class MatrixHtml {
    /** The picture of more services than these is folded up: the table stands in the first place. */
    private static final int AT_ONCE = 12;

    private final Html html = new Html();
    private final Function<ServiceName, String> links;

    private boolean folded;

    private MatrixHtml(Function<ServiceName, String> links) {
        this.links = links;
    }

    /** No page of its own: a table in a box that scrolls sideways on a narrow screen. */
    public static String fragment(Matrix matrix) {
        return fragment(matrix, matrix.rows(), service -> null);
    }

    /**
     * @param rows those of it that are shown
     * @param links where a service has a page of its own; null where it has none
     */
    public static String fragment(Matrix matrix, List<Matrix.Row> rows, Function<ServiceName, String> links) {
        return new MatrixHtml(links).render(matrix, new Matrix(matrix.environments(), rows, matrix.notices()));
    }

    private String render(Matrix all, Matrix matrix) {
        matrix.notices()
                .forEach(
                        notice -> html.open("p").element("b", notice.sentence()).close("p"));
        folded = matrix.rows().size() > AT_ONCE;
        if (folded) {
            totals(all);
            html.open("details").element("summary", "As a picture");
        }
        html.fragment(LanesSvg.fragment(matrix));
        if (folded) {
            html.close("details");
        }
        List<String> titles = new ArrayList<>(List.of("Service"));
        matrix.environments().forEach(environment -> titles.add(environment.value()));
        html.table("matrix", titles);
        for (Matrix.Row row : matrix.rows()) {
            String link = links.apply(row.service());
            String name = row.service().value();
            html.open("tr").open("th", "scope", "row");
            (link == null ? html.text(name) : html.link(link, name)).close("th");
            for (int i = 0; i < row.cells().size(); i++) {
                cell(row.cells().get(i), matrix.environments().get(i));
            }
            html.close("tr");
        }
        return html.close("tbody", "table", "div").toString();
    }

    /** How many releases stand how: on a phone so many services are a hundred screens. */
    private void totals(Matrix matrix) {
        Map<String, Long> byHealth = matrix.rows().stream()
                .flatMap(row -> row.cells().stream())
                .filter(cell -> !cell.isEmpty())
                .collect(Collectors.groupingBy(Matrix.Cell::health, TreeMap::new, Collectors.counting()));
        html.open("p").text(matrix.rows().size() + " services, those to look at first: ");
        byHealth.forEach((health, count) -> html.element("span", count + " " + health, "class", "chip " + health)
                .text(" "));
        html.close("p");
    }

    private void cell(Matrix.Cell cell, EnvironmentName environment) {
        // On a phone a row becomes a card, and each cell says by itself which environment it is.
        html.open("td", "class", cell.isEmpty() ? "none" : null, "data-label", environment.value());
        if (cell.isEmpty()) {
            html.text(cell.note().isEmpty() ? "\u2013" : cell.note());
        } else {
            String digest = cell.digest();
            html.element("b", cell.version())
                    .text(" ")
                    .element("span", cell.health(), "class", "chip " + cell.health());
            html.open("br").element("code", digest.substring(0, Math.min(19, digest.length())), "title", digest);
            if (!cell.since().isEmpty()) {
                html.remark(Age.minute(cell.since()) + " UTC, " + cell.by());
            }
            if (!cell.note().isEmpty()) {
                html.remark(cell.note());
            }
        }
        waits(cell);
        html.close("td");
    }

    /** Folded up where there are many services: the commands would be most of the page. */
    private void waits(Matrix.Cell cell) {
        if (cell.waits().isEmpty()) {
            return;
        }
        html.open("details", "class", "waits", "open", folded ? null : "")
                .element(
                        "summary",
                        "Next: " + cell.waits().size() + (cell.waits().size() == 1 ? " step" : " steps"));
        cell.waits().forEach(wait -> html.element("code", wait));
        html.close("details");
    }
}
