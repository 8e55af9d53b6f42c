package io.imaas.report;

import io.imaas.model.tenancy.EnvironmentName;
import java.util.ArrayList;
import java.util.List;

/** A matrix as a table of plain text. */
public final class MatrixText {
    private MatrixText() {}

    public static String of(Matrix matrix) {
        List<List<String>> table = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("service"));
        matrix.environments().stream().map(EnvironmentName::value).forEach(head::add);
        table.add(head);
        List<String> waits = new ArrayList<>();
        for (Matrix.Row row : matrix.rows()) {
            List<String> line = new ArrayList<>(List.of(row.service().value()));
            List<String> when = new ArrayList<>(List.of(""));
            for (int i = 0; i < row.cells().size(); i++) {
                Matrix.Cell cell = row.cells().get(i);
                line.add(words(cell));
                when.add(cell.since().isEmpty() ? "" : cell.since().substring(0, 16) + " " + cell.by());
                String place = row.service() + " -> " + matrix.environments().get(i);
                cell.waits().forEach(wait -> waits.add(place + ": " + wait));
            }
            table.add(line);
            if (when.stream().anyMatch(text -> !text.isEmpty())) {
                table.add(when);
            }
        }
        StringBuilder text = new StringBuilder();
        matrix.notices().forEach(notice -> text.append(notice).append('\n'));
        text.append(aligned(table));
        if (!waits.isEmpty()) {
            text.append('\n');
            waits.forEach(wait -> text.append(wait).append('\n'));
        }
        return text.toString();
    }

    private static String aligned(List<List<String>> table) {
        int[] widths = new int[table.get(0).size()];
        table.forEach(line -> {
            for (int i = 0; i < line.size(); i++) {
                widths[i] = Math.max(widths[i], line.get(i).length());
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> line : table) {
            StringBuilder one = new StringBuilder();
            for (int i = 0; i < line.size(); i++) {
                one.append(line.get(i))
                        .append(" ".repeat(widths[i] - line.get(i).length() + 3));
            }
            text.append(one.toString().stripTrailing()).append('\n');
        }
        return text.toString();
    }

    private static String words(Matrix.Cell cell) {
        if (cell.version().isEmpty() && cell.digest().isEmpty()) {
            return cell.note().isEmpty() ? "-" : "(" + cell.note() + ")";
        }
        String digest = cell.digest().substring("sha256:".length()).substring(0, 8);
        String note = cell.note().isEmpty() ? "" : ", " + cell.note();
        return (cell.version().isEmpty() ? "" : cell.version() + " ") + digest + " " + cell.health() + note;
    }
}
