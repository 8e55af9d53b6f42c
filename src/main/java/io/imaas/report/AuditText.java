package io.imaas.report;

import io.imaas.plan.snapshot.AuditEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The changes of a service as an audit log: for people, for spreadsheets, and as rows for programs. */
public final class AuditText {
    private static final List<String> COLUMNS = List.of(
            "at",
            "environment",
            "before",
            "version",
            "digest",
            "by",
            "what",
            "reason",
            "forced",
            "override",
            "assumed",
            "takes back",
            "gates",
            "build",
            "commit");

    private AuditText() {}

    public static List<AuditRow> rows(List<AuditEntry> entries) {
        return entries.stream().map(AuditRow::of).toList();
    }

    /** A line a change, newest first, and below it what an auditor asks next. */
    public static String of(List<AuditEntry> entries) {
        if (entries.isEmpty()) {
            return "nothing yet\n";
        }
        List<AuditRow> rows = rows(entries);
        List<List<String>> cells = rows.stream()
                .map(row -> List.of(
                        row.at().substring(0, 16).replace('T', ' '),
                        row.environment(),
                        row.change(),
                        row.by(),
                        row.what()))
                .toList();
        List<String> lines = TextTable.aligned(cells);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < rows.size(); i++) {
            text.append(lines.get(i)).append('\n');
            rows.get(i).details().forEach((name, value) -> text.append("    ")
                    .append(name)
                    .append(": ")
                    .append(value)
                    .append('\n'));
        }
        return text.toString();
    }

    /** RFC 4180, with a head. */
    public static String csv(List<AuditEntry> entries) {
        List<List<String>> lines = new ArrayList<>();
        lines.add(COLUMNS);
        rows(entries)
                .forEach(row -> lines.add(List.of(
                        row.at(),
                        row.environment(),
                        row.before(),
                        row.version(),
                        row.digest(),
                        row.by(),
                        row.what(),
                        row.reason(),
                        row.forced(),
                        row.confirmed(),
                        row.assumed(),
                        row.rollback(),
                        gates(row.gates()),
                        row.build(),
                        row.commit())));
        return Csv.of(lines);
    }

    private static String gates(Map<String, String> gates) {
        return gates.entrySet().stream()
                .map(gate -> gate.getKey() + ": " + gate.getValue())
                .collect(Collectors.joining("; "));
    }
}
