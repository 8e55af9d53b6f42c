package io.imaas.adapter.mi.unittest;

import io.imaas.model.source.TestReport.Case;
import io.imaas.model.source.TestReport.Suite;
import io.imaas.model.source.TestReport.Verdict;
import java.util.List;

/**
 * A suite as it is to be sent.
 *
 * @param file path below the project's folder
 * @param cases names of its cases, in order; as many as the source has
 * @param assertingNothing those of its cases that have no assertion
 * @param request the XML for the server; empty when it could not be made
 * @param mocks calls that its mock services answer, for people
 * @param problem why it could not be made, or empty
 */
record SuiteSource(
        String file,
        List<String> cases,
        List<String> assertingNothing,
        String request,
        List<String> mocks,
        String problem) {
    SuiteSource {
        cases = List.copyOf(cases);
        assertingNothing = List.copyOf(assertingNothing);
        mocks = List.copyOf(mocks);
    }

    static SuiteSource unsendable(String file, List<String> cases, String problem) {
        return new SuiteSource(file, cases, List.of(), "", List.of(), problem);
    }

    boolean sendable() {
        return problem.isEmpty();
    }

    /** The suite without results: all its cases are there, as missing. */
    Suite missing(String reason, long millis) {
        return new Suite(
                file,
                cases.stream()
                        .map(name -> new Case(name, Verdict.MISSING, reason, "", ""))
                        .toList(),
                List.of(),
                millis,
                reason,
                mocks);
    }
}
