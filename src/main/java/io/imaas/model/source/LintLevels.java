package io.imaas.model.source;

import io.imaas.model.failure.Problem;
import io.imaas.model.failure.Problem.Severity;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a service makes of the checks.
 *
 * @param rules by a rule's id; rules that are not named keep their own severity
 */
public record LintLevels(Map<String, Level> rules) implements Serializable {
    /** Every rule as it is. */
    public static final LintLevels DEFAULTS = new LintLevels(Map.of());

    public LintLevels {
        rules = Collections.unmodifiableMap(new TreeMap<>(rules));
    }

    /** What a rule's findings mean. */
    public enum Level {
        OFF,
        WARNING,
        ERROR
    }

    /** The findings that are left, each as severe as was wished; the order stays. */
    public List<Problem> of(List<Problem> problems) {
        return problems.stream()
                .filter(problem -> rules.get(problem.rule()) != Level.OFF)
                .map(this::levelled)
                .toList();
    }

    private Problem levelled(Problem problem) {
        Level level = rules.get(problem.rule());
        return level == null
                ? problem
                : new Problem(
                        Severity.valueOf(level.name()), problem.rule(), problem.where(), problem.what(), problem.fix());
    }
}
