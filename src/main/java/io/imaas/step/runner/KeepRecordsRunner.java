package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.plan.step.KeepRecords;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import io.imaas.port.GitRepository;
import io.imaas.port.GitRepository.Landed;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.run.StepRunner;
import io.imaas.step.record.Records;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Signs what people said, and keeps it beside what rollouts found out. */
public record KeepRecordsRunner(GitRepository repository, Records records) implements StepRunner<KeepRecords> {
    @Override
    public Outcome run(KeepRecords step, StepContext context) {
        List<FileEdit> edits = new ArrayList<>();
        records.ownDoubt().ifPresent(KeepRecordsRunner::refuse);
        step.statements().forEach((path, statement) -> {
            String signed = records.sign(statement);
            records.unbelieved(Map.of(path, signed), Instant.MAX).forEach(doubt -> refuse(doubt.why()));
            edits.add(FileEdit.textUnless(path, text -> records.says(text, statement), signed));
        });
        Landed landed = repository.land(Change.of(GitOpsPaths.RECORDS, step.subject(), edits)
                .sealed(records.seal())
                .withTrailers(step.trailers())
                .expecting(records.unchanged(step.read())));
        String where = GitOpsPaths.RECORDS + "@" + landed.commit().abbreviated();
        Effect effect = landed.created()
                ? Effect.created("records", where, step.subject())
                : Effect.unchanged("records", where);
        return Outcome.done(new StepOutput.ChangeLanded(landed.commit(), null), List.of(effect));
    }

    private static void refuse(String why) {
        throw FailureException.input("nobody would believe this record: " + why, "platform.yaml", "");
    }
}
