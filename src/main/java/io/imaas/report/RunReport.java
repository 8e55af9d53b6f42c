package io.imaas.report;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.Problem;
import io.imaas.plan.gate.GateAnswer;
import io.imaas.plan.snapshot.ManifestChange;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * One run as people and programs read it afterwards.
 *
 * @param status never {@code SKIPPED} or {@code NOT_STARTED}
 * @param millis how long it took, or takes already
 */
public record RunReport(
        String title,
        Status status,
        Instant begun,
        long millis,
        List<GateAnswer> gates,
        List<Step> steps,
        List<Failure> failures,
        List<String> notes,
        List<ManifestChange> changes)
        implements Serializable {
    /** How a run or one of its steps stands. */
    public enum Status {
        NOT_STARTED,
        RUNNING,
        SUCCEEDED,
        SKIPPED,
        /** Done, and somebody should look at it. */
        UNSTABLE,
        FAILED,
        /** A gate was closed, and nothing was done. */
        REFUSED;

        /** In lower case, as reports and their style sheets have it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** For people who don't know what Jenkins calls it. */
        String text() {
            return this == UNSTABLE ? "done with warnings" : word().replace('_', ' ');
        }
    }

    public RunReport {
        gates = List.copyOf(gates);
        steps = List.copyOf(steps);
        failures = List.copyOf(failures);
        notes = List.copyOf(notes);
        changes = List.copyOf(changes);
    }

    /** What would have come after what failed, in the order of the plan. */
    public List<String> notRun() {
        return steps.stream()
                .filter(step -> step.status() == Status.NOT_STARTED)
                .map(Step::title)
                .toList();
    }

    /**
     * @param group the title of the group it ran in
     * @param status never {@code UNSTABLE} or {@code REFUSED}
     * @param detail one line: why skipped, why failed, what it found, or what it waits for
     * @param offsetMillis how long after the run's beginning it began; 0 when it did not
     */
    public record Step(
            String id,
            String title,
            String group,
            Status status,
            String detail,
            long offsetMillis,
            long millis,
            List<Effect> effects,
            List<Problem> problems)
            implements Serializable {
        /** The group of steps that take back what was done. */
        static final String UNDO = "Undo";

        public boolean isUndo() {
            return group.equals(UNDO);
        }

        public Step {
            effects = List.copyOf(effects);
            problems = List.copyOf(problems);
        }
    }
}
