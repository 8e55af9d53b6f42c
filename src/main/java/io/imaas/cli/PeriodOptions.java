package io.imaas.cli;

import io.imaas.model.failure.FailureException;
import io.imaas.report.PeriodReport;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import picocli.CommandLine.Option;

/** {@code --since}: all changes of a tenant in a period, instead of one release. */
final class PeriodOptions {
    @Option(
            names = "--since",
            paramLabel = "DATE|TIME",
            description = "report all changes of the tenant since this day or in this last period, instead of one "
                    + "release: 2026-10-01, 30d")
    private Instant since;

    @Option(names = "--until", paramLabel = "DATE|TIME", description = "only changes before this time (default: now)")
    private Instant until;

    @Option(names = "--csv", paramLabel = "FILE", description = "with --since: write the report for spreadsheets")
    private Path csv;

    @Option(names = "--html", paramLabel = "FILE", description = "with --since: write the report as a page")
    private Path html;

    boolean wanted() {
        return since != null;
    }

    /** Whether something was given that means nothing without {@code --since}. */
    boolean incomplete() {
        return since == null && (until != null || csv != null || html != null);
    }

    int report(Session session, PrintWriter out) {
        Instant end = until == null ? session.imaas().ports().clock().now() : until;
        if (!since.isBefore(end)) {
            throw FailureException.input(
                    "the period ends before it begins", since + " to " + end, "--since is the first day");
        }
        PeriodReport report = session.imaas().period(session.tenant(), since, end);
        out.println(report.summary());
        report.changes().forEach(change -> change.violations()
                .forEach(one -> out.println("  " + change.row().at() + " " + change.service() + " in "
                        + change.row().environment() + ": " + one)));
        report.notices().forEach(out::println);
        write(csv, report.csv(), out);
        write(html, report.html(), out);
        out.flush();
        return 0;
    }

    private static void write(Path file, String text, PrintWriter out) {
        if (file == null) {
            return;
        }
        out.println("written to " + TextFile.write(file, text));
    }
}
