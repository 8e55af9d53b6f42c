package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.plan.step.EnsureGitOps;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import io.imaas.port.GitRepository;
import io.imaas.port.Landed;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.run.StepRunner;
import io.imaas.step.edit.FirstContent;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes an environment's branch with the files that are not there yet. */
public final class EnsureGitOpsRunner implements StepRunner<EnsureGitOps> {
    private final GitRepository repository;

    public EnsureGitOpsRunner(GitRepository repository) {
        this.repository = repository;
    }

    @Override
    public Class<EnsureGitOps> kind() {
        return EnsureGitOps.class;
    }

    @Override
    public Outcome run(EnsureGitOps step, StepContext context) {
        List<FileEdit> edits = new ArrayList<>();
        step.files().forEach((path, text) -> edits.add(new FirstContent(path, text)));
        Landed landed = repository.land(
                Change.of(step.environment().branch(), "Prepare environment " + step.environment(), edits)
                        .withTrailers(Map.of(
                                "Imaas-Tenant", step.tenant().value(),
                                "Imaas-Environment", step.environment().value()))
                        .carrying(begunFrom(step)));
        String name = "branch " + step.environment();
        Effect effect = landed.created()
                ? Effect.created("GitOps", name, edits.size() + " files")
                : Effect.unchanged("GitOps", name);
        return Outcome.done(new StepOutput.ChangeLanded(landed.commit(), null), List.of(effect));
    }

    /** A branch that is there keeps its own history. */
    private CommitId begunFrom(EnsureGitOps step) {
        return repository.head(step.environment().branch()).isPresent()
                ? null
                : Optional.ofNullable(step.after())
                        .map(EnvironmentName::branch)
                        .flatMap(repository::head)
                        .orElse(null);
    }
}
