package io.imaas.adapter.mi.verify;

import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.failure.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems; nothing is thrown, so that all are told at once. */
final class Findings {
    private final List<Problem> problems = new ArrayList<>();

    void add(Problem problem) {
        problems.add(problem);
    }

    void error(String rule, Location where, String what, String mend) {
        problems.add(Problem.error(rule, where, what, mend));
    }

    void warning(String rule, Location where, String what, String mend) {
        problems.add(Problem.warning(rule, where, what, mend));
    }

    void info(String rule, Location where, String what, String mend) {
        problems.add(new Problem(Severity.INFO, rule, where, what, mend));
    }

    /** By place, then rule and words: the same project gives the same list. */
    List<Problem> sorted() {
        return problems.stream()
                .distinct()
                .sorted(Comparator.comparing(Problem::where)
                        .thenComparing(Problem::rule)
                        .thenComparing(Problem::what))
                .toList();
    }
}
