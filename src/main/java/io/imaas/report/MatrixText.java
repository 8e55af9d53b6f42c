package io.imaas.report;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.report.Matrix.Notice;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A matrix as plain text: a table, the same with everything, or the services' names alone. */
public final class MatrixText {
    /** What more things wait for is told in numbers. */
    private static final int IN_FULL = 30;

    private MatrixText() {}

    /** Service by environment, with ages, and below what each environment waits for. */
    public static String of(Matrix matrix, Instant now) {
        return of(matrix, now, Terminal.NONE);
    }

    /** The same, with a line for each environment where the table is wider than the terminal. */
    public static String of(Matrix matrix, Instant now, Terminal terminal) {
        List<List<String>> table = new ArrayList<>();
        List<String> head = new ArrayList<>(List.of("service"));
        matrix.environments().stream().map(EnvironmentName::value).forEach(head::add);
        table.add(head);
        List<String> waits = new ArrayList<>();
        Map<String, Long> byKind = new TreeMap<>();
        for (Matrix.Row row : matrix.rows()) {
            List<String> line = new ArrayList<>(List.of(row.service().value()));
            List<String> when = new ArrayList<>(List.of(""));
            for (int i = 0; i < row.cells().size(); i++) {
                Matrix.Cell cell = row.cells().get(i);
                line.add(words(cell));
                when.add(since(cell, now));
                String place = row.service() + " -> " + matrix.environments().get(i);
                String kind = "-> " + matrix.environments().get(i) + ": ";
                for (String wait : cell.waits()) {
                    waits.add(place + ": " + wait);
                    byKind.merge(kind + wait.split("[:,]", 2)[0], 1L, Long::sum);
                }
            }
            table.add(line);
            if (when.stream().anyMatch(text -> !text.isEmpty())) {
                table.add(when);
            }
        }
        List<String> lines = new ArrayList<>(
                TextTable.aligned(table).stream().allMatch(line -> line.length() <= terminal.columns())
                        ? text(matrix, table)
                        : text(matrix, listed(matrix, now)));
        if (matrix.rows().isEmpty()) {
            lines.add("nothing is released yet");
        }
        if (!waits.isEmpty()) {
            lines.add("");
        }
        if (waits.size() <= IN_FULL) {
            lines.addAll(waits);
        } else {
            byKind.forEach(
                    (kind, count) -> lines.add(kind + " for " + count + (count == 1 ? " service" : " services")));
            lines.add("What to do next for each: imaas status SERVICE, or for all: imaas status -o wide");
        }
        return String.join("\n", lines) + "\n";
    }

    /** A line for each service, and one for each of its environments. */
    private static List<List<String>> listed(Matrix matrix, Instant now) {
        List<List<String>> table = new ArrayList<>();
        for (Matrix.Row row : matrix.rows()) {
            table.add(List.of(row.service().value(), ""));
            for (int i = 0; i < row.cells().size(); i++) {
                Matrix.Cell cell = row.cells().get(i);
                String since = since(cell, now);
                table.add(List.of(
                        "  " + matrix.environments().get(i), words(cell) + (since.isEmpty() ? "" : ", " + since)));
            }
        }
        return table;
    }

    private static String since(Matrix.Cell cell, Instant now) {
        return cell.since().isEmpty() ? "" : age(cell, now) + " ago, " + cell.by();
    }

    /** One line for each service in each environment, with everything that is known of it. */
    public static String wide(Matrix matrix, Instant now) {
        List<List<String>> table = new ArrayList<>();
        table.add(List.of("service", "environment", "version", "digest", "health", "age", "by", "behind", "note"));
        for (Matrix.Row row : matrix.rows()) {
            for (int i = 0; i < row.cells().size(); i++) {
                Matrix.Cell cell = row.cells().get(i);
                table.add(List.of(
                        row.service().value(),
                        matrix.environments().get(i).value(),
                        cell.version().isEmpty() ? "-" : cell.version(),
                        cell.isEmpty() ? "-" : cell.digest().substring("sha256:".length(), 19),
                        cell.health(),
                        cell.since().isEmpty() ? "" : age(cell, now),
                        cell.by(),
                        cell.behind() == 0 ? "" : String.valueOf(cell.behind()),
                        note(cell)));
            }
        }
        return String.join("\n", text(matrix, table)) + "\n";
    }

    private static List<String> text(Matrix matrix, List<List<String>> table) {
        List<String> lines =
                new ArrayList<>(matrix.notices().stream().map(Notice::sentence).toList());
        lines.addAll(TextTable.aligned(table));
        return lines;
    }

    /** One name a line. */
    public static String names(Matrix matrix) {
        return matrix.rows().stream().map(row -> row.service() + "\n").collect(Collectors.joining());
    }

    private static String note(Matrix.Cell cell) {
        List<String> notes = new ArrayList<>();
        if (!cell.note().isEmpty()) {
            notes.add(cell.note());
        }
        notes.addAll(cell.waits());
        return String.join("; ", notes);
    }

    private static String age(Matrix.Cell cell, Instant now) {
        return Age.of(Instant.parse(cell.since()), now);
    }

    private static String words(Matrix.Cell cell) {
        if (cell.isEmpty()) {
            return cell.note().isEmpty() ? "-" : "(" + cell.note() + ")";
        }
        String digest = cell.digest().substring("sha256:".length()).substring(0, 8);
        String note = cell.note().isEmpty() ? "" : ", " + cell.note();
        String behind = cell.behind() == 0 ? "" : ", " + cell.behind() + " behind";
        return (cell.version().isEmpty() ? "" : cell.version() + " ") + digest + " " + cell.health() + behind + note;
    }
}
