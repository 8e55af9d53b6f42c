package io.imaas.cli.doctor;

import io.imaas.adapter.system.SystemClock;
import io.imaas.model.record.Unbelieved;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.port.GitRepository;
import io.imaas.port.TextFiles;
import io.imaas.step.record.Records;
import io.imaas.step.record.RecordsBranch;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Whether every record of a tenant counts. */
record RecordsCheck(GitRepository repository, Records records, List<EnvironmentName> environments)
        implements Supplier<CheckResult> {
    private static final int MOST = 20;

    @Override
    public CheckResult get() {
        RecordsBranch branch = RecordsBranch.of(repository, records, environments);
        List<Unbelieved> found = new ArrayList<>(branch.unbelieved());
        if (branch.counts() != null) {
            found.addAll(unbelieved(branch.counts()));
        }
        if (!found.isEmpty()) {
            List<String> lines = new ArrayList<>();
            lines.add(found.size() + " files on the branch " + GitOpsPaths.RECORDS + " count for nothing");
            found.stream().limit(MOST).map(one -> one.path() + ": " + one.why()).forEach(lines::add);
            return CheckResult.warn(
                    String.join("\n", lines),
                    "see who put them there with git log " + GitOpsPaths.RECORDS
                            + ", and let nobody but the orchestrator push to that branch");
        }
        return CheckResult.ok("all records are signed by keys that count");
    }

    private List<Unbelieved> unbelieved(CommitId tip) {
        TextFiles files = repository.readText(tip, List.of(""));
        List<Unbelieved> found = new ArrayList<>(records.unbelieved(files.texts(), new SystemClock().now()));
        files.unreadable().forEach((path, why) -> found.add(new Unbelieved(path, why.what())));
        return found;
    }
}
