package io.imaas.run;

import io.imaas.model.failure.Failure;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * How a run ended.
 *
 * @param failures of all steps, hard and soft, in the order of the plan
 * @param outputs by step id
 */
public record RunResult(Status status, List<Failure> failures, Map<String, StepOutput> outputs)
        implements Serializable {
    public RunResult {
        failures = List.copyOf(failures);
        outputs = Map.copyOf(outputs);
    }

    /** The whole in one word. */
    public enum Status {
        SUCCEEDED,
        /** Done, and somebody should look at it. */
        UNSTABLE,
        FAILED;

        /**
         * What one step makes of the whole: the one definition of unstable.
         *
         * @param hard whether its failure ends the plan
         */
        public static Status of(Outcome outcome, boolean hard) {
            if (outcome instanceof Outcome.Failed) {
                return hard ? FAILED : UNSTABLE;
            }
            boolean warned = outcome instanceof Outcome.Succeeded done
                    && !done.warnings().isEmpty();
            boolean remarkable = outcome instanceof Outcome.Skipped skipped && skipped.unstable();
            return warned || remarkable ? UNSTABLE : SUCCEEDED;
        }

        Status worse(Status other) {
            return compareTo(other) >= 0 ? this : other;
        }
    }

    /** The same with what was left out; it failed if that is something. */
    public RunResult withFailures(List<Failure> more) {
        List<Failure> all = new ArrayList<>(failures);
        all.addAll(more);
        return more.isEmpty() ? this : new RunResult(Status.FAILED, all, outputs);
    }

    /** 0 unless it failed; then the code of the gravest failure: our own defects first, then whoever can act on it. */
    public int exitCode() {
        if (status != Status.FAILED) {
            return 0;
        }
        return failures.stream()
                .map(Failure::kind)
                .max(Comparator.comparing(kind -> kind == io.imaas.model.failure.FailureKind.DEFECT))
                .map(io.imaas.model.failure.FailureKind::exitCode)
                .orElse(1);
    }
}
