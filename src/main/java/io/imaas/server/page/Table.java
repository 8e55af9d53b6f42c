package io.imaas.server.page;

import io.imaas.report.Html;
import java.util.List;

/** A table in a box that scrolls sideways. On a phone its rows are cards, and each cell says which column it is of. */
final class Table {
    private final List<String> titles;
    private final Html html;
    private int column;

    Table(String... titles) {
        this.titles = List.of(titles);
        this.html = new Html().table("matrix", this.titles);
    }

    /** A row; the cells that follow are its own. */
    Table row() {
        html.fragment(column > 0 ? "</tr><tr>" : "<tr>");
        column = 0;
        return this;
    }

    /** What the row is about. */
    Table name(String href, String name) {
        html.open("th", "scope", "row").link(href, name).close("th");
        column++;
        return this;
    }

    Table cell(String text) {
        return cell(text, "class", null);
    }

    /** With one more attribute. */
    Table cell(String text, String attribute, String value) {
        html.element("td", text, "data-label", titles.get(column++), attribute, value);
        return this;
    }

    Table cell(Html content) {
        html.open("td", "data-label", titles.get(column++)).fragment(content).close("td");
        return this;
    }

    Html end() {
        return (column > 0 ? html.close("tr") : html).close("tbody", "table", "div");
    }
}
