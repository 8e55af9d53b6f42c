package io.imaas.report;

import java.util.List;
import java.util.stream.Collectors;

/** Tables for spreadsheets, as RFC 4180 has them. */
public final class Csv {
    private Csv() {}

    /** @param lines the head first */
    public static String of(List<List<String>> lines) {
        return lines.stream()
                .map(line -> line.stream().map(Csv::cell).collect(Collectors.joining(",")) + "\r\n")
                .collect(Collectors.joining());
    }

    /** A spreadsheet takes a text that begins like a formula for one, and anybody may write a commit's subject. */
    private static String cell(String text) {
        boolean name = text.matches("@[A-Za-z0-9._/-]+");
        String safe = !name && text.matches("(?s)[=+\\-@\t\r].*") ? "'" + text : text;
        return safe.matches("(?s).*[\",\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
