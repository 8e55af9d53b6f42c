package io.imaas.step.runner;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Problem;
import io.imaas.plan.step.VerifyArtifact;
import io.imaas.port.CarVerifier;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.run.StepRunner;
import java.util.List;

/** Holds the CAR against its sources: errors stop the build, warnings make it unstable. */
public record VerifyArtifactRunner(CarVerifier verifier) implements StepRunner<VerifyArtifact> {
    @Override
    public Outcome run(VerifyArtifact step, StepContext context) {
        StepOutput.ArtifactBuilt built = context.output(step.build(), StepOutput.ArtifactBuilt.class);
        List<Problem> problems = step.lint().of(verifier.verify(built.project(), built.car()));
        List<Problem> errors = problems.stream().filter(Problem::isError).toList();
        if (!errors.isEmpty()) {
            Problem first = errors.get(0);
            String more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
            return new Outcome.Failed(
                    new Failure(
                            FailureKind.INPUT,
                            first.what() + more,
                            first.where().toString(),
                            first.fix()),
                    problems);
        }
        List<Problem> warnings = problems.stream()
                .filter(problem -> problem.severity() == Problem.Severity.WARNING)
                .toList();
        context.log(built.project().artifacts().size() + " artifacts checked, " + warnings.size() + " warnings");
        return new Outcome.Succeeded(null, List.of(), warnings);
    }
}
