package io.imaas.report;

import io.imaas.plan.snapshot.AuditEntry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The changes of a service as an audit log: for people, for spreadsheets, and as rows for programs. */
public final class AuditText {
    private static final int INDENT = 6;

    private AuditText() {}

    public static List<AuditRow> rows(List<AuditEntry> entries) {
        return entries.stream().map(AuditRow::of).toList();
    }

    /** A line a change, newest first, and below it what an auditor asks next. */
    public static String of(List<AuditEntry> entries, Terminal terminal) {
        return text(rows(entries), terminal);
    }

    /** The same of rows that were told already. */
    public static String text(List<AuditRow> rows, Terminal terminal) {
        if (rows.isEmpty()) {
            return "nothing yet\n";
        }
        List<List<String>> cells = new ArrayList<>();
        cells.add(List.of("time (UTC)", "environment", "change", "by", "what"));
        rows.forEach(
                row -> cells.add(List.of(Age.minute(row.at()), row.environment(), row.change(), row.by(), row.what())));
        List<String> lines = TextTable.aligned(cells);
        StringBuilder text = new StringBuilder(lines.get(0)).append('\n');
        for (int i = 0; i < rows.size(); i++) {
            text.append(terminal.folded(lines.get(i + 1), INDENT)).append('\n');
            rows.get(i).details().forEach((name, value) -> text.append(
                            terminal.folded("    " + name + ": " + value, INDENT))
                    .append('\n'));
        }
        return text.toString();
    }

    /** RFC 4180, with a head. */
    public static String csv(List<AuditEntry> entries) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(List.copyOf(cells(AuditRow.NONE).keySet()));
        rows(entries).forEach(row -> lines.add(List.copyOf(cells(row).values())));
        return Csv.of(lines);
    }

    /** By title, in the order of the columns. */
    private static Map<String, String> cells(AuditRow row) {
        Map<String, String> cells = new LinkedHashMap<>();
        cells.put("at", row.at());
        cells.put("environment", row.environment());
        cells.put("before", row.before());
        cells.put("version", row.version());
        cells.put("digest", row.digest());
        cells.put("by", row.by());
        cells.put("what", row.what());
        cells.put("reason", row.reason());
        cells.put("forced", row.forced());
        cells.put("override", row.confirmed());
        cells.put("assumed", row.assumed());
        cells.put("takes back", row.rollback());
        cells.put("gates", gates(row.gates()));
        cells.put("build", row.build());
        cells.put("commit", row.commit());
        return cells;
    }

    /** What each found, on one line. */
    static String gates(Map<String, String> gates) {
        return gates.entrySet().stream()
                .map(gate -> gate.getKey() + ": " + gate.getValue())
                .collect(Collectors.joining("; "));
    }
}
