package io.imaas.adapter.mi.verify;

import io.imaas.adapter.mi.synapse.Finding;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.failure.Problem.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects problems; nothing is thrown, so that all are told at once. */
final class Findings {
    private final List<Finding> all = new ArrayList<>();

    void add(Finding finding) {
        all.add(finding);
    }

    void error(String rule, Location where, String what, String fix) {
        add(Finding.of(Problem.error(rule, where, what, fix)));
    }

    void warning(String rule, Location where, String what, String fix) {
        add(Finding.of(Problem.warning(rule, where, what, fix)));
    }

    void info(String rule, Location where, String what, String fix) {
        add(Finding.of(new Problem(Severity.INFO, rule, where, what, fix)));
    }

    List<Finding> all() {
        return List.copyOf(all);
    }

    /** By place, then rule and words: the same project gives the same list. */
    List<Problem> sorted() {
        return all.stream()
                .map(Finding::problem)
                .distinct()
                .sorted(Comparator.comparing(Problem::where)
                        .thenComparing(Problem::rule)
                        .thenComparing(Problem::what))
                .toList();
    }
}
