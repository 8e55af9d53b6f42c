package io.imaas.report;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Tables for spreadsheets, as RFC 4180 has them. */
public final class Csv {
    private static final Pattern FORMULA = Pattern.compile("(^|[;,\t\r\n])([=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20])");

    private Csv() {}

    /** @param lines the head first */
    public static String of(List<List<String>> lines) {
        return lines.stream()
                .map(line -> line.stream().map(Csv::cell).collect(Collectors.joining(",")) + "\r\n")
                .collect(Collectors.joining());
    }

    /**
     * A spreadsheet takes a text that begins like a formula for one, and anybody may write a commit's subject. In some countries a
     * semicolon ends a cell and wide letters begin formulas, too. A name with a digit may be another cell's.
     */
    private static String cell(String text) {
        boolean name = text.matches("@[A-Za-z._/-]+");
        String safe = name ? text : FORMULA.matcher(text).replaceAll("$1'$2");
        return safe.matches("(?s).*[\";,\t\r\n].*") ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
