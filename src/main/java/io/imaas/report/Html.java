package io.imaas.report;

/** Builds a fragment of HTML. What is given as text or as an attribute's value is escaped; tags and names are ours. */
public final class Html {
    private final StringBuilder out = new StringBuilder();

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
