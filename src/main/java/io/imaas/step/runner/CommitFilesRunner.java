package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.BlobId;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.CommitFiles;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import io.imaas.port.GitRepository;
import io.imaas.port.GitRepository.Landed;
import io.imaas.port.Precondition;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.run.StepRunner;
import io.imaas.step.record.Records;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Commits what a plan decided: promotions, rollbacks, holds, approvals.
 *
 * @param landings for changes of the tenant's environments; other branches have nothing that runs
 */
public record CommitFilesRunner(Tenant tenant, GitRepository repository, Records records, Landings landings)
        implements StepRunner<CommitFiles> {
    @Override
    public Outcome run(CommitFiles step, StepContext context) {
        List<FileEdit> edits = new ArrayList<>();
        step.files().forEach((path, text) -> edits.add(FileEdit.text(path, text)));
        Change change = Change.of(step.branch(), step.subject(), edits)
                .withTrailers(step.trailers())
                .withKey(step.key())
                .carrying(step.mergedFrom())
                .expecting(expected(step));
        Optional<EnvironmentName> runsIn = tenant.environments().stream()
                .map(Environment::name)
                .filter(environment -> environment.branch().equals(step.branch()))
                .findFirst();
        Landings.Placed placed = runsIn.map(environment -> landings.land(
                        change,
                        environment,
                        new Landings.Reviewed(
                                step.manifests(), step.chart(), step.basis().fits())))
                .orElseGet(() -> new Landings.Placed(repository.land(change), null));
        Landed landed = placed.wanted();
        Effect effect = landed.created()
                ? Effect.created("commit", step.branch() + "@" + landed.commit().abbreviated(), step.subject())
                : Effect.unchanged(
                        "commit", step.branch() + "@" + landed.commit().abbreviated());
        return Outcome.done(
                new StepOutput.ChangeLanded(landed.commit(), null, placed.rendered()),
                Stream.concat(
                                Stream.of(effect),
                                runsIn.stream().flatMap(environment -> placed.effects(environment).stream()))
                        .toList());
    }

    private List<Precondition> expected(CommitFiles step) {
        List<Precondition> expected = new ArrayList<>();
        step.absent().forEach(path -> expected.add(Landings.withoutHold(step.branch(), path)));
        if (step.basis().head() != null) {
            expected.add(new Precondition.Head(step.branch(), step.basis().head()));
        }
        expected.addAll(records.unchanged(step.basis().records()));
        step.basis()
                .charted()
                .forEach(before -> expected.add(new Precondition.Content(
                        GitOpsPaths.rendered(before), GitOpsPaths.CHART_DIGEST, BlobId.of(step.chart() + "\n"))));
        return expected;
    }
}
