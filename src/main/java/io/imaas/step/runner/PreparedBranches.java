package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.plan.step.EnsureGitOps;
import io.imaas.port.Change;
import io.imaas.port.Commit;
import io.imaas.port.FileEdit;
import io.imaas.port.GitRepository;
import io.imaas.port.Precondition;
import io.imaas.run.Outcome;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What onboarding did to environments' branches, to be taken back.
 *
 * @param ours the commits that it brought
 * @param files path to first content
 */
record PreparedBranches(
        EnsureGitOps step, GitRepository repository, Map<BranchName, CommitId> ours, Map<String, String> files) {
    /**
     * A new branch goes, and on one that was there a commit takes the files away; but not what others built on it.
     *
     * @param made what was done to each of the step's environments
     */
    Outcome takeBack(List<Effect> made) {
        List<Effect> effects = new ArrayList<>();
        List<Problem> remains = new ArrayList<>();
        for (int i = 0; i < step.environments().size(); i++) {
            Effect effect = made.get(i);
            if (!effect.isChange()) {
                continue;
            }
            try {
                effects.addAll(undo(step.environments().get(i), effect));
            } catch (FailureException e) {
                if (e.failure().kind() != FailureKind.CONFLICT && e.failure().kind() != FailureKind.POLICY) {
                    throw e;
                }
                remains.add(Problem.warning(
                        "remains",
                        Location.of(effect.name()),
                        e.failure().what(),
                        "nothing to do: the next run goes on from there"));
            }
        }
        return new Outcome.Succeeded(null, effects, remains);
    }

    private List<Effect> undo(EnvironmentName environment, Effect made) {
        BranchName branch = environment.branch();
        BranchName rendered = GitOpsPaths.rendered(environment);
        if (ours.containsKey(rendered)) {
            takeBackRendered(environment, ours.get(rendered));
        }
        if (made.kind() == Effect.Kind.CREATED) {
            return repository.removeBranch(branch, ours.get(branch))
                    ? List.of(Effect.deleted(made.type(), made.name(), ""))
                    : List.of();
        }
        if (ours.containsKey(branch)) {
            takeBack(
                    environment,
                    branch,
                    ours.get(branch),
                    made.fields().stream()
                            .map(added -> FileEdit.removal(added.field(), files.get(added.field())))
                            .toList());
        }
        return List.of(Effect.updated(made.type(), made.name(), "is as it was before"));
    }

    private void takeBackRendered(EnvironmentName environment, CommitId tip) {
        BranchName branch = GitOpsPaths.rendered(environment);
        List<Commit> history = repository.history(branch, "", 2);
        if (history.size() < 2) {
            repository.removeBranch(branch, tip);
            return;
        }
        takeBack(
                environment,
                branch,
                tip,
                repository.changed(history.get(1).id(), tip).stream()
                        .map(added -> FileEdit.removal(
                                added.path(),
                                repository
                                        .read(tip, added.path())
                                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                                        .orElse("")))
                        .toList());
    }

    private void takeBack(EnvironmentName environment, BranchName branch, CommitId tip, List<FileEdit> edits) {
        repository.land(Change.of(branch, "Take back: prepare environment " + environment, edits)
                .withTrailers(EnsureGitOpsRunner.trailers(step, environment))
                .expecting(List.of(new Precondition.Head(branch, tip))));
    }
}
