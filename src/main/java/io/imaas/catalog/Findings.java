package io.imaas.catalog;

import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Gathers problems while reading goes on. Whatever it is told is masked: messages quote values, and values may be secrets. */
final class Findings {
    private final List<Problem> problems = new ArrayList<>();
    private final Set<Location> wrongPlaces = new HashSet<>();

    void error(String rule, Location where, String what, String fix) {
        add(Problem.error(rule, where, SecretPatterns.mask(what), SecretPatterns.mask(fix)));
    }

    void warning(String rule, Location where, String what, String fix) {
        add(Problem.warning(rule, where, SecretPatterns.mask(what), SecretPatterns.mask(fix)));
    }

    /** Adds an error unless this very place has one: two complaints about one word confuse. */
    void refine(String rule, Location where, String what, String fix) {
        if (!isWrong(where)) {
            error(rule, where, what, fix);
        }
    }

    /** Reports what is there a second time; {@code lines} remembers where each was first. */
    <K> boolean isNew(Map<K, Integer> lines, K key, Location where, String rule, String what) {
        Integer earlier = lines.putIfAbsent(key, where.line());
        if (earlier != null) {
            refine(
                    rule,
                    where,
                    what + " '" + key + "' is there twice; the first is in line " + earlier,
                    "rename one or remove it");
        }
        return earlier == null;
    }

    /** What came of reading; only asked with a value when nothing is wrong. */
    <T> Read<T> result(Optional<T> value) {
        return hasErrors() ? new Read.Bad<>(sorted()) : new Read.Ok<>(value.orElseThrow(), sorted());
    }

    /** What another reader found in a file of its own. */
    void addAll(List<Problem> found) {
        found.forEach(this::add);
    }

    /** As they were found. */
    List<Problem> all() {
        return List.copyOf(problems);
    }

    boolean isWrong(Location where) {
        return wrongPlaces.contains(where);
    }

    boolean hasErrors() {
        return !wrongPlaces.isEmpty();
    }

    /** By file, line and column. Where something is wrong, a warning about the same word is noise. */
    List<Problem> sorted() {
        return problems.stream()
                .distinct()
                .filter(problem -> problem.isError() || !isWrong(problem.where()))
                .sorted(Comparator.comparing(Problem::where)
                        .thenComparing(Problem::severity)
                        .thenComparing(Problem::rule)
                        .thenComparing(Problem::what))
                .toList();
    }

    private void add(Problem problem) {
        problems.add(problem);
        if (problem.isError()) {
            wrongPlaces.add(problem.where());
        }
    }
}
