package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.BranchName;
import io.imaas.plan.gate.GateTrailers;
import io.imaas.plan.gate.QuotaGate;
import io.imaas.plan.step.CommitRelease;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import io.imaas.port.GitRepository.Landed;
import io.imaas.port.ValuesEditor;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.run.StepRunner;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Commits a release's keys to the environment's branch and leaves every other byte as it was.
 *
 * @param check asked before each commit
 */
public record CommitReleaseRunner(Landings landings, ValuesEditor values, ReleaseCheck check)
        implements StepRunner<CommitRelease> {
    @Override
    public Outcome run(CommitRelease step, StepContext context) {
        Release release = step.release() != null
                ? step.release()
                : context.output(step.image(), StepOutput.ImagePublished.class).release();
        ReleaseCheck.Reviewed reviewed = check.ask(step, release);
        String name = step.service() + " " + release.version();
        BranchName branch = step.environment().branch();
        String actor = step.actor();
        Change change = Change.of(branch, "Release " + name + " to " + step.environment(), edits(step, release))
                .withTrailers(Trailers.of(step.tenant(), List.of(step.service()), step.environment())
                        .images(List.of(release.image()))
                        .with(
                                Trailers.SOURCE,
                                release.source() == null ? "" : release.source().value())
                        .with(Trailers.BUILD, step.build())
                        .with(Trailers.ACTOR, actor)
                        .and(GateTrailers.of(reviewed.gates(), List.of(step.service())))
                        .lines())
                .expecting(Stream.concat(
                                Stream.of(Landings.withoutHold(
                                        branch, GitOpsPaths.hold(step.service(), step.environment()))),
                                reviewed.read().stream())
                        .toList());
        Landings.Placed placed = landings.land(
                change,
                step.environment(),
                reviewed.manifests()
                        .map(hash -> new Landings.Reviewed(
                                Map.of(step.service(), hash), "", QuotaGate.isOpen(reviewed.gates())))
                        .orElse(Landings.Reviewed.NOTHING));
        Landed landed = placed.wanted();
        Effect effect = landed.created()
                ? Effect.updated(
                        "release",
                        step.environment() + "/" + step.service(),
                        release.version() + " in commit " + landed.commit().abbreviated())
                : Effect.unchanged("release", step.environment() + "/" + step.service());
        return Outcome.done(
                new StepOutput.ChangeLanded(landed.commit(), release, placed.rendered()),
                Stream.concat(Stream.of(effect), placed.effects(step.environment()).stream())
                        .toList());
    }

    private List<FileEdit> edits(CommitRelease step, Release release) {
        FileEdit keys = values.set(GitOpsPaths.release(step.service()), release.values());
        return step.migration() == null
                ? List.of(keys)
                : List.of(
                        keys,
                        FileEdit.text(
                                GitOpsPaths.migration(step.service()),
                                step.migration().isEmpty() ? null : step.migration()));
    }
}
