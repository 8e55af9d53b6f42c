package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.plan.step.CommitFiles;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import io.imaas.port.GitRepository;
import io.imaas.port.Landed;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.run.StepRunner;
import io.imaas.step.edit.Holds;
import io.imaas.step.edit.TextEdit;
import java.util.ArrayList;
import java.util.List;

/** Commits what a plan decided: promotions, rollbacks, holds, approvals. */
public final class CommitFilesRunner implements StepRunner<CommitFiles> {
    private final GitRepository repository;

    public CommitFilesRunner(GitRepository repository) {
        this.repository = repository;
    }

    @Override
    public Class<CommitFiles> kind() {
        return CommitFiles.class;
    }

    @Override
    public Outcome run(CommitFiles step, StepContext context) {
        List<FileEdit> edits = new ArrayList<>();
        step.files().forEach((path, text) -> edits.add(new TextEdit(path, text)));
        Landed landed = repository.land(Change.of(step.branch(), step.subject(), edits)
                .withTrailers(step.trailers())
                .withKey(step.key())
                .carrying(step.mergedFrom())
                .expecting(step.absent().stream()
                        .map(path -> Holds.absent(step.branch(), path))
                        .toList()));
        Effect effect = landed.created()
                ? Effect.created("commit", step.branch() + "@" + landed.commit().abbreviated(), step.subject())
                : Effect.unchanged(
                        "commit", step.branch() + "@" + landed.commit().abbreviated());
        return Outcome.done(new StepOutput.ChangeLanded(landed.commit(), null), List.of(effect));
    }
}
