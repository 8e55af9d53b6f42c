package io.imaas.step.observe;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.ReviewRecord;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import io.imaas.plan.snapshot.ChartInputs;
import io.imaas.port.Commit;
import io.imaas.port.GitRepository;
import io.imaas.step.record.Records;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds what people pushed to an environment's branch since the last review, also below what the orchestrator committed since. */
public record PushObserver(GitRepository repository, Records records, TenantName tenant) {
    /** More commits than a branch gets between two reviews. */
    private static final int MOST = 5000;

    /**
     * Pushes that nobody reviewed.
     *
     * @param before the commit below them
     * @param services those whose files they touched; null where the branch was rewritten, or what may be all services' chart
     *     was touched: whatever differs
     */
    public record Pushed(CommitId before, Set<ServiceName> services) {}

    /** Empty where the orchestrator alone has committed. Without a record of a review the branch's beginning counts as reviewed. */
    public Optional<Pushed> unreviewed(EnvironmentName environment) {
        List<Commit> history = repository.history(environment.branch(), "", MOST);
        if (history.isEmpty()) {
            return Optional.empty();
        }
        CommitId reviewed = last(environment).map(ReviewRecord::commit).orElse(null);
        List<Commit> since = history.stream()
                .takeWhile(commit -> !commit.id().equals(reviewed))
                .toList();
        boolean whole = since.size() == history.size();
        if (whole && reviewed != null) {
            return Optional.of(new Pushed(reviewed, null));
        }
        CommitId before = whole ? history.get(history.size() - 1).id() : reviewed;
        List<Commit> theirs = since.stream()
                .filter(commit ->
                        !commit.id().equals(before) && !Trailers.areOf(tenant, environment, commit.trailers()))
                .toList();
        if (theirs.isEmpty()) {
            return Optional.empty();
        }
        Set<String> paths = new TreeSet<>();
        theirs.forEach(commit ->
                repository.changed(commit.parents().get(0), commit.id()).forEach(file -> paths.add(file.path())));
        return Optional.of(new Pushed(
                before,
                paths.stream().anyMatch(ChartInputs::isOfAll)
                        ? null
                        : paths.stream()
                                .flatMap(path -> GitOpsPaths.serviceOf(path).stream())
                                .collect(Collectors.toSet())));
    }

    private Optional<ReviewRecord> last(EnvironmentName environment) {
        String path = ReviewRecord.path(environment);
        BranchName branch = GitOpsPaths.RECORDS;
        return repository
                .sealed(branch, records.seal())
                .flatMap(found -> Optional.ofNullable(found.counts()))
                .flatMap(tip -> repository.read(tip, path))
                .flatMap(bytes -> records.review(path, new String(bytes, StandardCharsets.UTF_8), told -> {}));
    }
}
