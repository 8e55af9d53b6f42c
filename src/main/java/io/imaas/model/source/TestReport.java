package io.imaas.model.source;

import java.io.Serializable;
import java.util.List;

/** What came of unit-test suites. A suite or a case that gave no result is there as {@link Verdict#MISSING}. */
public record TestReport(List<Suite> suites) implements Serializable {
    public TestReport {
        suites = List.copyOf(suites);
    }

    /** How a case ended. */
    public enum Verdict {
        PASSED,
        FAILED,
        ERROR,
        SKIPPED,
        /** It was sent and no result came back: never a pass. */
        MISSING
    }

    /**
     * @param file the suite's path below the project's folder
     * @param problem why the whole suite has no results, or empty
     */
    public record Suite(String file, List<Case> cases, List<Coverage> coverage, long millis, String problem)
            implements Serializable {
        public Suite {
            cases = List.copyOf(cases);
            coverage = List.copyOf(coverage);
        }
    }

    /**
     * @param message what went wrong; empty when it passed
     * @param expected and {@code actual} are empty where the assertion has none
     */
    public record Case(String name, Verdict verdict, String message, String expected, String actual)
            implements Serializable {}

    /** Mediators run, of one artifact. */
    public record Coverage(String artifactType, String artifactName, double percentage) implements Serializable {}

    /** Whether there was a test and every one of them passed. */
    public boolean passed() {
        return cases() > 0
                && suites.stream()
                        .allMatch(s -> s.problem().isEmpty()
                                && s.cases().stream().allMatch(c -> c.verdict() == Verdict.PASSED));
    }

    public int cases() {
        return suites.stream().mapToInt(s -> s.cases().size()).sum();
    }
}
