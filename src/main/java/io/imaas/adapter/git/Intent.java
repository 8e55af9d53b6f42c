package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.CommitId;
import io.imaas.port.Change;
import io.imaas.port.Landed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.eclipse.jgit.lib.ObjectId;

/** A change on its way to the server, and the caller that waits for it. */
final class Intent {
    private final Change change;
    private final CompletableFuture<Landed> outcome = new CompletableFuture<>();
    /** Commits that were sent for it; a push may have been accepted although its answer was lost. */
    private final List<ObjectId> sent = new ArrayList<>();

    Intent(Change change) {
        this.change = change;
    }

    Change change() {
        return change;
    }

    String tenant() {
        return change.trailers().getOrDefault(CommitMessage.TENANT, "");
    }

    List<ObjectId> sent() {
        return sent;
    }

    void landed(ObjectId commit, boolean created) {
        outcome.complete(new Landed(new CommitId(commit.name()), created));
    }

    void failed(RuntimeException problem) {
        outcome.completeExceptionally(problem);
    }

    boolean isSettled() {
        return outcome.isDone();
    }

    /** Waits for the outcome. An interrupted caller takes its change back as long as it was not begun. */
    Landed await(IntentQueue queue) {
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
                                change.branch().value(),
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
