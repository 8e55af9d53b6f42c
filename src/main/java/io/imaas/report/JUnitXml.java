package io.imaas.report;

import io.imaas.model.source.TestReport;
import io.imaas.model.source.TestReport.Case;
import io.imaas.model.source.TestReport.Suite;
import io.imaas.model.source.TestReport.Verdict;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Test results as the JUnit XML that Jenkins and others read. A missing result is an error: readers know no other word
 * for it, and it must not look like a pass. A skipped case counts as skipped there and still is no pass for us.
 */
public final class JUnitXml {
    private JUnitXml() {}

    public static String of(TestReport report) {
        XmlLines xml = new XmlLines();
        Map<String, String> totals = new LinkedHashMap<>();
        totals.put("name", "Micro Integrator unit tests");
        totals.putAll(
                counts(report.suites().stream().flatMap(s -> shown(s).stream()).toList()));
        totals.put(
                "time",
                seconds(report.suites().stream().mapToLong(Suite::millis).sum()));
        xml.open("testsuites", totals);
        report.suites().forEach(suite -> suite(xml, suite));
        return xml.close().end();
    }

    private static void suite(XmlLines xml, Suite suite) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("name", suite.file());
        attributes.putAll(counts(shown(suite)));
        attributes.put("time", seconds(suite.millis()));
        attributes.put("file", suite.file());
        xml.open("testsuite", attributes);
        // The protocol tells the time of a suite only; shared out evenly, the sums at least are right.
        if (!suite.mocks().isEmpty()) {
            xml.open("properties", Map.of());
            suite.mocks()
                    .forEach(mock -> xml.element("property", new TreeMap<>(Map.of("name", "mock", "value", mock)), ""));
            xml.close();
        }
        List<Case> cases = shown(suite);
        String time = seconds(suite.millis() / Math.max(1, cases.size()));
        cases.forEach(one -> testCase(xml, suite, one, time));
        if (!suite.problem().isEmpty()) {
            xml.element("system-err", Map.of(), suite.problem());
        }
        xml.close();
    }

    /** A suite that failed as a whole shows as a case of its own when no case of it tells so. */
    private static List<Case> shown(Suite suite) {
        boolean told = suite.problem().isEmpty()
                || suite.cases().stream()
                        .anyMatch(c -> c.verdict() != Verdict.PASSED && c.verdict() != Verdict.SKIPPED);
        if (told) {
            return suite.cases();
        }
        List<Case> cases = new java.util.ArrayList<>(suite.cases());
        cases.add(new Case("(suite)", Verdict.ERROR, suite.problem(), "", ""));
        return cases;
    }

    private static void testCase(XmlLines xml, Suite suite, Case one, String time) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put("name", one.name());
        attributes.put("classname", className(suite.file()));
        attributes.put("time", time);
        attributes.put("file", suite.file());
        if (one.verdict() == Verdict.PASSED && suite.mocks().isEmpty()) {
            xml.element("testcase", attributes, "");
            return;
        }
        xml.open("testcase", attributes);
        if (one.verdict() != Verdict.PASSED) {
            notPassed(xml, one);
        }
        if (!suite.mocks().isEmpty()) {
            xml.element("system-out", Map.of(), "mocked calls:\n" + String.join("\n", suite.mocks()));
        }
        xml.close();
    }

    private static void notPassed(XmlLines xml, Case one) {
        Map<String, String> why = new LinkedHashMap<>();
        why.put("message", one.message().lines().findFirst().orElse(""));
        switch (one.verdict()) {
            case FAILED -> {
                why.put("type", "assertion");
                xml.element("failure", why, details(one));
            }
            case SKIPPED -> xml.element("skipped", why, "");
            default -> {
                why.put("type", one.verdict().name().toLowerCase(Locale.ROOT));
                xml.element("error", why, details(one));
            }
        }
    }

    private static String details(Case one) {
        StringBuilder text = new StringBuilder(one.message());
        if (!one.expected().isEmpty() || !one.actual().isEmpty()) {
            text.append("\nexpected: ").append(one.expected());
            text.append("\nactual:   ").append(one.actual());
            List<String> difference = Difference.of(one.expected(), one.actual());
            if (!difference.isEmpty()) {
                text.append("\ndifference (- expected, + actual):\n").append(String.join("\n", difference));
            }
        }
        return text.toString();
    }

    /** Readers group by package, which dots make. */
    private static String className(String file) {
        return file.replaceFirst("\\.xml$", "").replace('.', '_').replace('/', '.');
    }

    private static Map<String, String> counts(List<Case> cases) {
        Map<String, String> counts = new LinkedHashMap<>();
        counts.put("tests", String.valueOf(cases.size()));
        counts.put("failures", count(cases, Verdict.FAILED));
        counts.put(
                "errors",
                String.valueOf(cases.stream()
                        .filter(c -> c.verdict() == Verdict.ERROR || c.verdict() == Verdict.MISSING)
                        .count()));
        counts.put("skipped", count(cases, Verdict.SKIPPED));
        return counts;
    }

    private static String count(List<Case> cases, Verdict verdict) {
        return String.valueOf(cases.stream().filter(c -> c.verdict() == verdict).count());
    }

    private static String seconds(long millis) {
        return "%d.%03d".formatted(millis / 1000, millis % 1000);
    }
}
