package io.imaas.adapter.argocd.machine;

import io.imaas.adapter.argocd.machine.ApplicationView.Resource;
import io.imaas.adapter.argocd.machine.ApplicationView.Source;
import io.imaas.adapter.argocd.machine.ApplicationView.SyncStatus;
import io.imaas.model.image.Digest;
import io.imaas.model.source.CommitId;
import java.time.Instant;
import java.util.List;

/** An application as a story tells it: well and at the old commit unless said otherwise. */
final class View {
    private static final List<Source> ONE =
            List.of(new Source("https://git.example.org/o.git", "services/order-api", "dev"));
    private static final Resource WORKLOAD =
            new Resource("apps", "v1", "Deployment", "orders-dev", "order-api", SyncStatus.SYNCED, Health.HEALTHY, "");

    private String version = "10";
    private boolean automated = true;
    private boolean own;
    private boolean deleting;
    private boolean requested;
    private List<Source> sources = ONE;
    private List<Source> comparedTo = ONE;
    private List<String> revisions = List.of(Story.OLD.value());
    private SyncStatus sync = SyncStatus.SYNCED;
    private Operation operation;
    private Health health = Health.HEALTHY;
    private Instant reconciledAt = Story.START;
    private List<String> conditions = List.of();
    private List<String> images = List.of(Story.IMAGE + "@" + Story.OLD_DIGEST);

    static View old() {
        return new View();
    }

    /** Everything as it is when a commit is live. */
    static View live(CommitId commit, Digest digest) {
        return old().at(commit).runs(digest).operation(Operation.Phase.SUCCEEDED, commit, 10);
    }

    View version(int value) {
        version = Integer.toString(value);
        return this;
    }

    /** With the labels of an application that we made. */
    View own() {
        own = true;
        return this;
    }

    View manual() {
        automated = false;
        return this;
    }

    View deleting() {
        deleting = true;
        return this;
    }

    View requested() {
        requested = true;
        return this;
    }

    View at(CommitId... commits) {
        revisions = java.util.Arrays.stream(commits).map(CommitId::value).toList();
        return this;
    }

    /** While nothing can be loaded Argo CD shows the branch's name in the commit's place. */
    View unresolved(String branch) {
        revisions = List.of(branch);
        return this;
    }

    /** Failed, and running all the same: Argo CD waits to try again. */
    View retrying(CommitId commit, long second) {
        operation(Operation.Phase.RUNNING, commit, second);
        return replaced(Story.START.plusSeconds(second), false, "one or more objects failed to apply. Retrying");
    }

    /** As Argo CD 3.5 tells a Job of an earlier wave that failed. */
    View migrationFailed(CommitId commit, long second) {
        retrying(commit, second);
        operation = new Operation(
                operation.phase(),
                operation.startedAt(),
                operation.finishedAt(),
                operation.revisions(),
                operation.rolloutId(),
                1,
                false,
                "one or more synchronization tasks completed unsuccessfully. Retrying attempt #1",
                List.of(),
                List.of("Job order-api-migration-0123456789: Job has reached the specified backoff limit"));
        return this;
    }

    /** As Argo CD 3.5 tells a hook, or what belongs to an earlier wave, that did not end yet. */
    View waitsForJob(CommitId commit, long second, String job) {
        operation(Operation.Phase.RUNNING, commit, second);
        operation = new Operation(
                operation.phase(),
                operation.startedAt(),
                null,
                operation.revisions(),
                operation.rolloutId(),
                0,
                false,
                "waiting for completion of hook batch/Job/" + job,
                List.of(job),
                List.of());
        return this;
    }

    View partial(CommitId commit, long second) {
        operation(Operation.Phase.SUCCEEDED, commit, second);
        return replaced(operation.finishedAt(), true, "");
    }

    private View replaced(Instant finishedAt, boolean partial, String message) {
        operation = new Operation(
                operation.phase(),
                operation.startedAt(),
                finishedAt,
                operation.revisions(),
                operation.rolloutId(),
                1,
                partial,
                message,
                List.of(),
                List.of());
        return this;
    }

    View sources(Source... several) {
        sources = List.of(several);
        comparedTo = List.of(several);
        return this;
    }

    View comparedTo(String path) {
        comparedTo = List.of(new Source("https://git.example.org/o.git", path, "dev"));
        return this;
    }

    View sync(SyncStatus value) {
        sync = value;
        return this;
    }

    View health(Health value) {
        health = value;
        return this;
    }

    View runs(Digest... digests) {
        images =
                java.util.Arrays.stream(digests).map(d -> Story.IMAGE + "@" + d).toList();
        return this;
    }

    View condition(String condition) {
        conditions = List.of(condition);
        return this;
    }

    View reconciled(long second) {
        reconciledAt = Story.START.plusSeconds(second);
        return this;
    }

    /** An operation that began 5 s before it ended; a running one has not ended. */
    View operation(Operation.Phase phase, CommitId commit, long second) {
        return operation(phase, commit, second, "", "");
    }

    View operation(Operation.Phase phase, CommitId commit, long second, String id, String message) {
        boolean running = phase == Operation.Phase.RUNNING || phase == Operation.Phase.TERMINATING;
        operation = new Operation(
                phase,
                Story.START.plusSeconds(second - 5),
                running ? null : Story.START.plusSeconds(second),
                List.of(commit.value()),
                id,
                0,
                false,
                message,
                List.of(),
                List.of());
        requested |= running;
        reconciledAt = Story.START.plusSeconds(second + 1);
        return this;
    }

    ApplicationView build() {
        return new ApplicationView(
                new ApplicationName("argocd", "app"),
                "orders",
                version,
                deleting,
                own,
                automated,
                true,
                sources,
                revisions,
                sync,
                comparedTo,
                requested,
                operation,
                health,
                "",
                reconciledAt,
                conditions,
                images,
                1,
                List.of(),
                List.of(WORKLOAD),
                null);
    }
}
