package io.imaas.report;

/**
 * A lane for each service, from its first environment to its last: a dot for each release, in the colour of its health,
 * joined by a full line where both sides run the same image and by a dashed one where the right side lags behind.
 */
public final class LanesSvg {
    private static final int NAMES = 190;
    private static final int STEP = 210;
    private static final int ROW = 52;
    private static final int HEAD = 26;

    private final Matrix matrix;
    private final Svg svg;

    private LanesSvg(Matrix matrix) {
        this.matrix = matrix;
        int width = NAMES + STEP * matrix.environments().size();
        this.svg = new Svg("lanes", width, HEAD + ROW * matrix.rows().size() + 8, title(matrix));
    }

    private static String title(Matrix matrix) {
        int services = matrix.rows().size();
        return "What runs where: " + services + (services == 1 ? " service in " : " services in ")
                + matrix.environments().size() + " environments. The table below says the same in words.";
    }

    /** A fragment for any page with {@link HtmlPage}'s style sheet; empty when there is nothing to draw. */
    public static String fragment(Matrix matrix) {
        return matrix.rows().isEmpty() ? "" : new LanesSvg(matrix).draw();
    }

    private String draw() {
        for (int i = 0; i < matrix.environments().size(); i++) {
            svg.text(x(i) - 8, HEAD - 10, "head", matrix.environments().get(i).value());
        }
        for (int row = 0; row < matrix.rows().size(); row++) {
            lane(matrix.rows().get(row), HEAD + ROW * row + 20);
        }
        return svg.fragment();
    }

    private static int x(int environment) {
        return NAMES + STEP * environment + 12;
    }

    private void lane(Matrix.Row row, int y) {
        svg.text(0, y + 5, "service", shortened(row.service().value(), 24));
        int before = -1;
        for (int i = 0; i < row.cells().size(); i++) {
            if (row.cells().get(i).absent()) {
                continue;
            }
            if (before >= 0) {
                boolean same = !row.cells().get(i).digest().isEmpty()
                        && row.cells()
                                .get(before)
                                .digest()
                                .equals(row.cells().get(i).digest());
                svg.line(x(before) + 9, y, x(i) - 9, y, same ? "same" : "lags");
            }
            before = i;
        }
        for (int i = 0; i < row.cells().size(); i++) {
            cell(row, i, y);
        }
    }

    private void cell(Matrix.Row row, int at, int y) {
        Matrix.Cell cell = row.cells().get(at);
        if (cell.absent()) {
            return;
        }
        String place = row.service() + " in " + matrix.environments().get(at) + ": ";
        if (cell.digest().isEmpty()) {
            boolean unreadable = !cell.note().isEmpty();
            svg.dot(
                    x(at),
                    y,
                    6,
                    unreadable ? "degraded" : "nothing",
                    place + (unreadable ? cell.note() : "nothing yet"));
            return;
        }
        String told =
                place + cell.version() + ", " + cell.health() + (cell.note().isEmpty() ? "" : ", " + cell.note());
        svg.dot(x(at), y, 8, cell.health(), told);
        if (cell.held()) {
            // Two bars, as on a player that pauses.
            svg.box(x(at) - 4, y - 4, 3, 8, "hold", told).box(x(at) + 1, y - 4, 3, 8, "hold", told);
        }
        svg.text(x(at) - 8, y + 23, "version", shortened(cell.version() + (cell.held() ? " held" : ""), 24));
    }

    private static String shortened(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit - 1) + "\u2026";
    }
}
