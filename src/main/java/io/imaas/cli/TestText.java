package io.imaas.cli;

import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestReport.Case;
import io.imaas.model.source.TestReport.Coverage;
import io.imaas.model.source.TestReport.Suite;
import io.imaas.model.source.TestReport.Verdict;
import io.imaas.report.CoverageTotals;
import io.imaas.report.Difference;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** Test results for people: what did not pass, and the sums. */
record TestText(PrintWriter out) {
    void print(TestReport report) {
        report.suites().forEach(this::suite);
        long passed = report.suites().stream()
                .flatMap(s -> s.cases().stream())
                .filter(c -> c.verdict() == Verdict.PASSED)
                .count();
        out.println(report.suites().size() + (report.suites().size() == 1 ? " suite, " : " suites, ") + passed + " of "
                + report.cases() + " cases passed");
        CoverageTotals.of(report).forEach(this::coverage);
    }

    private void suite(Suite suite) {
        boolean passed =
                suite.problem().isEmpty() && suite.cases().stream().allMatch(c -> c.verdict() == Verdict.PASSED);
        out.println((passed ? "ok    " : "FAIL  ") + suite.file() + " ("
                + suite.cases().size() + (suite.cases().size() == 1 ? " case, " : " cases, ") + suite.millis()
                + " ms)");
        if (!suite.problem().isEmpty()) {
            indented("      ", suite.problem());
        }
        suite.cases().stream().filter(c -> c.verdict() != Verdict.PASSED).forEach(c -> testCase(suite, c));
    }

    private void testCase(Suite suite, Case one) {
        out.println("      " + one.verdict().name().toLowerCase(Locale.ROOT) + ": " + one.name());
        if (!one.message().isEmpty() && !suite.problem().contains(one.message())) {
            indented("        ", one.message());
        }
        if (!one.expected().isEmpty() || !one.actual().isEmpty()) {
            List<String> difference = Difference.of(one.expected(), one.actual());
            if (difference.isEmpty()) {
                indented("        ", "expected: " + one.expected());
                indented("        ", "actual:   " + one.actual());
            } else {
                indented("        ", "difference (- expected, + actual):\n" + String.join("\n", difference));
            }
        }
    }

    private void coverage(Coverage coverage) {
        long unreached =
                coverage.mediators().stream().filter(m -> !m.executed()).count();
        out.println("coverage: " + coverage.artifactType() + " " + coverage.artifactName() + ": "
                + String.format(Locale.ROOT, "%.0f", coverage.percentage()) + " % of its mediators ran"
                + (unreached == 0 ? "" : ", never reached:"));
        coverage.mediators().stream().filter(m -> !m.executed()).forEach(m -> out.println("  " + m.id()));
    }

    private void indented(String indent, String text) {
        text.lines().forEach(line -> out.println(indent + line));
    }
}
