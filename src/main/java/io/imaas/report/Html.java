package io.imaas.report;

import java.util.List;
import java.util.Map;

/** Builds a fragment of HTML. What is given as text or as an attribute's value is escaped; tags and names are ours. */
public final class Html {
    private final StringBuilder out = new StringBuilder();
    /** The heading that was written last. */
    private String heading = "";

    /** @param attributes name, value, name, value; one whose value is null is left out */
    public Html open(String tag, String... attributes) {
        out.append('<').append(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            if (attributes[i + 1] != null) {
                out.append(' ')
                        .append(attributes[i])
                        .append("=\"")
                        .append(HtmlPage.escape(attributes[i + 1]))
                        .append('"');
            }
        }
        out.append('>');
        return this;
    }

    public Html close(String... tags) {
        for (String tag : tags) {
            out.append("</").append(tag).append('>');
        }
        return this;
    }

    public Html text(String text) {
        out.append(HtmlPage.escape(text));
        return this;
    }

    /** A whole element with nothing but text in it. */
    public Html element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close(tag);
    }

    public Html link(String href, String text) {
        return element("a", text, "href", href);
    }

    /** Opens a section under a heading. */
    public Html section(String title) {
        heading = title;
        return open("section").element("h2", title);
    }

    /** Opens a table in a box that scrolls sideways on a narrow screen, by the keyboard too, where a screen reader says its name: {@code div}, {@code table}, {@code tbody}. */
    public Html table(String style, List<String> titles) {
        String name = "Table"
                + (heading.isEmpty() ? "" : " of " + heading)
                + (titles.isEmpty() ? "" : ": " + String.join(", ", titles));
        open("div", "class", "wide", "tabindex", "0", "role", "region", "aria-label", name)
                .open("table", "class", style);
        if (!titles.isEmpty()) {
            open("thead").open("tr");
            titles.forEach(title -> element("th", title, "scope", "col"));
            close("tr", "thead");
        }
        return open("tbody");
    }

    /** A section with a table of names and values, those that there are. */
    public Html facts(String title, Map<String, String> rows) {
        section(title).table("facts", List.of());
        rows.forEach((name, value) -> {
            if (!value.isEmpty()) {
                open("tr")
                        .element("th", name, "scope", "row")
                        .element("td", value)
                        .close("tr");
            }
        });
        return close("tbody", "table", "div", "section");
    }

    public Html list(List<String> items) {
        open("ul");
        items.forEach(item -> element("li", item));
        return close("ul");
    }

    /** A line of small print within a cell. */
    public Html remark(String text) {
        return open("br").element("span", text, "class", "note");
    }

    /** A paragraph of small print. */
    public Html note(String text) {
        return element("p", text, "class", "note");
    }

    public Html fragment(Html other) {
        out.append(other.out);
        return this;
    }

    /** @param fragment HTML that this project made, escaped already */
    public Html fragment(String fragment) {
        out.append(fragment);
        return this;
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
