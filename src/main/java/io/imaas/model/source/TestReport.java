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
     * @param mocks calls that mock services answer, such as {@code Users: GET /users/ -> 200}
     */
    public record Suite(
            String file, List<Case> cases, List<Coverage> coverage, long millis, String problem, List<String> mocks)
            implements Serializable {
        public Suite {
            cases = List.copyOf(cases);
            coverage = List.copyOf(coverage);
            mocks = List.copyOf(mocks);
        }
    }

    /**
     * @param message what went wrong; empty when it passed
     * @param expected and {@code actual} are empty where the assertion has none
     */
    public record Case(String name, Verdict verdict, String message, String expected, String actual)
            implements Serializable {}

    /**
     * Mediators run, of one artifact: its own, not those of the sequences and templates that it uses.
     *
     * @param percentage from 0 to 100
     * @param mediators each of its own in document order; empty when the server tells a percentage only
     */
    public record Coverage(String artifactType, String artifactName, double percentage, List<MediatorRun> mediators)
            implements Serializable {
        public Coverage {
            mediators = List.copyOf(mediators);
        }
    }

    /**
     * One mediator and whether any case reached it.
     *
     * @param id its place as the server names it, such as {@code sequence:Main/1.Filter/then/1.Log}
     */
    public record MediatorRun(String id, boolean executed) implements Serializable {}

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
