package io.imaas.jenkins.step;

import hudson.AbortException;
import io.imaas.jenkins.run.Advice;
import io.imaas.model.failure.Failure;
import java.util.List;
import java.util.stream.Collectors;

/** Ends a Pipeline step with the engine's own words: what, where, and what to try. */
final class StepFailed extends AbortException {
    private static final long serialVersionUID = 1L;

    StepFailed(List<Failure> failures) {
        super(failures.stream()
                .map(failure ->
                        failure.kind() + ": " + Advice.inJenkins(failure).sentence())
                .collect(Collectors.joining("\n")));
    }
}
