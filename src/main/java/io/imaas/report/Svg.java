package io.imaas.report;

/** A drawing as inline SVG: no script, no address, colours by the page's style sheet, a title for who can't see it. */
final class Svg {
    private final Html svg = new Html();

    /** @param title what the drawing shows, in one sentence */
    Svg(String kind, int width, int height, String title) {
        String box = "0 0 " + width + " " + height;
        String widths = "min-width:" + width * 9 / 10 + "px;max-width:" + width * 3 / 2 + "px";
        svg.open("svg", "class", kind, "viewBox", box, "style", widths, "role", "img");
        svg.element("title", title);
    }

    Svg text(int x, int y, String style, String text) {
        svg.element("text", text, "x", "" + x, "y", "" + y, "class", style);
        return this;
    }

    Svg line(int x1, int y1, int x2, int y2, String style) {
        svg.element("line", "", "x1", "" + x1, "y1", "" + y1, "x2", "" + x2, "y2", "" + y2, "class", style);
        return this;
    }

    /** @param title shown when a pointer rests on it */
    Svg dot(int x, int y, int radius, String style, String title) {
        svg.open("circle", "cx", "" + x, "cy", "" + y, "r", "" + radius, "class", style);
        svg.element("title", title).close("circle");
        return this;
    }

    Svg box(int x, int y, int width, int height, String style, String title) {
        svg.open(
                "rect",
                "x",
                "" + x,
                "y",
                "" + y,
                "width",
                "" + width,
                "height",
                "" + height,
                "rx",
                "3",
                "class",
                style);
        svg.element("title", title).close("rect");
        return this;
    }

    /** In a box that scrolls sideways on a narrow screen, by the keyboard too. */
    String fragment() {
        return "<div class=\"wide drawing\" tabindex=\"0\">" + svg + "</svg></div>";
    }
}
