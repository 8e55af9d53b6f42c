package io.imaas.adapter.git;

import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.port.Change;
import io.imaas.port.GitRepository.Landed;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.eclipse.jgit.lib.ObjectId;

/** Changes of several branches that land together, or a single one, and the caller that waits for them. */
final class Intent {
    private final List<Change> changes;
    private final CommitSigning signing;
    private final Landed[] landed;
    private final Map<BranchName, ObjectId> begun = new LinkedHashMap<>();
    /** Commits that were sent for each change; a push may have been accepted although its answer was lost. */
    private final List<List<ObjectId>> sent = new ArrayList<>();

    private final CompletableFuture<List<Landed>> outcome = new CompletableFuture<>();

    /** @param signing knows which commits may hold the changes already */
    Intent(List<Change> changes, CommitSigning signing) {
        this.signing = signing;
        this.changes = List.copyOf(changes);
        this.landed = new Landed[changes.size()];
        changes.forEach(change -> sent.add(new ArrayList<>()));
    }

    List<Change> changes() {
        return changes;
    }

    CommitSigning signing() {
        return signing;
    }

    boolean isGroup() {
        return changes.size() > 1;
    }

    String tenant() {
        return changes.get(0).trailers().getOrDefault(Trailers.TENANT, "");
    }

    List<ObjectId> sent(int change) {
        return sent.get(change);
    }

    /** Where a change of the group has landed while others have not, or null. */
    ObjectId landedAt(int change) {
        return landed[change] == null
                ? null
                : ObjectId.fromString(landed[change].commit().value());
    }

    void landed(int change, ObjectId commit, boolean created, boolean atomic) {
        landed[change] = new Landed(new CommitId(commit.name()), created, atomic);
        if (Arrays.stream(landed).allMatch(Objects::nonNull)) {
            outcome.complete(List.of(landed));
        }
    }

    /** Branches that were not there before, and where they begin. */
    Map<BranchName, ObjectId> begun() {
        return begun;
    }

    /** What landed on a branch is gone again. */
    void takenBack(BranchName branch) {
        for (int i = 0; i < landed.length; i++) {
            landed[i] = changes.get(i).branch().equals(branch) ? null : landed[i];
        }
    }

    /** What of the group is on the server already although the whole failed, for people; empty for nothing. */
    String undone() {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < landed.length; i++) {
            if (landed[i] != null && landed[i].created()) {
                words.append(words.isEmpty() ? "" : ", ")
                        .append(changes.get(i).branch())
                        .append(" has it in commit ")
                        .append(landed[i].commit().abbreviated());
            }
        }
        return words.toString();
    }

    void failed(RuntimeException problem) {
        outcome.completeExceptionally(problem);
    }

    boolean isSettled() {
        return outcome.isDone();
    }

    /** Waits for the outcome. An interrupted caller takes its changes back as long as they were not begun. */
    List<Landed> await(IntentQueue queue) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return outcome.get();
                } catch (InterruptedException stop) {
                    interrupted = true;
                    if (queue.remove(this)) {
                        throw FailureException.external(
                                "interrupted before the change was sent; nothing was written",
                                changes.get(0).branch().value(),
                                "run it again",
                                stop);
                    }
                } catch (ExecutionException failed) {
                    throw rethrown(failed.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** The same failure with the caller's own stack trace below it. */
    private static RuntimeException rethrown(Throwable cause) {
        if (cause instanceof FailureException failure) {
            return new FailureException(failure.failure(), failure);
        }
        return FailureException.defect("a change could not be written: " + cause, cause);
    }
}
