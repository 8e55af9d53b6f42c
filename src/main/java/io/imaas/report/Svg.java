package io.imaas.report;

/** A drawing as inline SVG: no script, no address, colours by the page's style sheet, a title for who can't see it. */
final class Svg {
    private final StringBuilder svg = new StringBuilder();

    /** @param title what the drawing shows, in one sentence */
    Svg(String kind, int width, int height, String title) {
        svg.append("<svg class=\"")
                .append(kind)
                .append("\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" style=\"min-width:")
                .append(width * 9 / 10)
                .append("px\" role=\"img\"><title>")
                .append(HtmlPage.escape(title))
                .append("</title>");
    }

    Svg text(int x, int y, String style, String text) {
        svg.append("<text x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y)
                .append("\" class=\"")
                .append(style);
        svg.append("\">").append(HtmlPage.escape(text)).append("</text>");
        return this;
    }

    Svg line(int x1, int y1, int x2, int y2, String style) {
        svg.append("<line x1=\"")
                .append(x1)
                .append("\" y1=\"")
                .append(y1)
                .append("\" x2=\"")
                .append(x2);
        svg.append("\" y2=\"").append(y2).append("\" class=\"").append(style).append("\"/>");
        return this;
    }

    /** @param title shown when a pointer rests on it */
    Svg dot(int x, int y, int radius, String style, String title) {
        svg.append("<circle cx=\"")
                .append(x)
                .append("\" cy=\"")
                .append(y)
                .append("\" r=\"")
                .append(radius);
        return titled(style, title, "circle");
    }

    Svg box(int x, int y, int width, int height, String style, String title) {
        svg.append("<rect x=\"")
                .append(x)
                .append("\" y=\"")
                .append(y)
                .append("\" width=\"")
                .append(width);
        svg.append("\" height=\"").append(height).append("\" rx=\"3");
        return titled(style, title, "rect");
    }

    private Svg titled(String style, String title, String element) {
        svg.append("\" class=\"").append(style).append("\"><title>").append(HtmlPage.escape(title));
        svg.append("</title></").append(element).append('>');
        return this;
    }

    /** In a box that scrolls sideways on a narrow screen, by the keyboard too. */
    String fragment() {
        return "<div class=\"wide drawing\" tabindex=\"0\">" + svg + "</svg></div>";
    }
}
