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
 */
record PreparedBranches(EnsureGitOps step, GitRepository repository, Map<BranchName, CommitId> ours) {
    /**
     * A new branch goes, and on one that was there a commit takes the files away; but not what others built on it.
     *
     * @param made what was done to each of the step's environments
     */
    Outcome takeBack(List<Effect> made) {
        List<Effect> effects = new ArrayList<>();
        List<Problem> remains = new ArrayList<>();
        for (int i = 0; i < step.environments().size(); i++) {
            EnvironmentName environment = step.environments().get(i);
            Effect effect = made.get(i);
            boolean began = effect.kind() == Effect.Kind.CREATED;
            try {
                takeBack(environment, GitOpsPaths.rendered(environment), false);
                if (takeBack(environment, environment.branch(), began)) {
                    effects.add(
                            began
                                    ? Effect.deleted(effect.type(), effect.name(), "")
                                    : Effect.updated(effect.type(), effect.name(), "is as it was before"));
                }
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

    /**
     * @param began whether the branch was not there before; one with a single commit was not in any case
     * @return whether there was anything to take back
     */
    private boolean takeBack(EnvironmentName environment, BranchName branch, boolean began) {
        CommitId tip = ours.get(branch);
        if (tip == null) {
            return false;
        }
        List<Commit> history = repository.history(branch, "", 2);
        if (began || history.size() < 2) {
            return repository.removeBranch(branch, tip);
        }
        List<FileEdit> edits = repository.changed(history.get(1).id(), tip).stream()
                .map(added -> FileEdit.removal(
                        added.path(),
                        repository
                                .read(tip, added.path())
                                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                                .orElse("")))
                .toList();
        repository.land(Change.of(branch, "Take back: prepare environment " + environment, edits)
                .withTrailers(EnsureGitOpsRunner.trailers(step, environment))
                .expecting(List.of(new Precondition.Head(branch, tip))));
        return true;
    }
}
