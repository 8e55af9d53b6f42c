package io.imaas.report;

import java.util.ArrayList;
import java.util.List;

/** Rows of texts in columns of plain text. */
final class TextTable {
    private static final int GAP = 3;

    private TextTable() {}

    /** @param rows all with the same number of cells */
    static List<String> aligned(List<List<String>> rows) {
        int columns = rows.isEmpty() ? 0 : rows.get(0).size();
        int[] widths = new int[columns];
        rows.forEach(row -> {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        });
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + GAP));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
