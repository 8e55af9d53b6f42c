package io.imaas.app.request;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What is known of an answer that Git or a cluster has to give.
 *
 * @param answer null where none came yet
 * @param at when it was so; null without an answer
 * @param failure why the newest attempt failed; null when it did not
 * @param begun when the newest attempt began
 * @param reading whether that attempt has not ended yet
 * @param outdated whether the tenant changed since it began
 */
public record Known<T>(T answer, Instant at, Failure failure, Instant begun, boolean reading, boolean outdated) {
    /** What is known of something that is done once. */
    static <T> Known<T> of(CompletableFuture<T> answer, Instant begun) {
        Known<T> open = new Known<>(null, null, null, begun, true, false);
        return answer.isDone() ? answer.handle(open::ended).join() : open;
    }

    /** The same when the attempt has ended; what was known before stays where it failed. */
    Known<T> ended(T fresh, Throwable why) {
        return why == null
                ? new Known<>(fresh, begun, null, begun, false, outdated)
                : new Known<>(answer, at, failure(why), begun, false, outdated);
    }

    private static Failure failure(Throwable why) {
        Throwable cause = why instanceof CompletionException && why.getCause() != null ? why.getCause() : why;
        return cause instanceof FailureException known
                ? known.failure()
                : FailureException.defect("the request could not be answered", cause)
                        .failure();
    }

    /** The same while it is read once more. */
    Known<T> anew(Instant now) {
        return new Known<>(answer, at, failure, now, true, false);
    }

    Known<T> old() {
        return new Known<>(answer, at, failure, begun, reading, true);
    }

    /** Whether it was read from a moment on, or failed after another. */
    boolean isFresh(Instant from, Instant failed) {
        return reading || (!outdated && !begun.isBefore(failure == null ? from : failed));
    }

    /** @throws FailureException why there is no answer, or EXTERNAL when none came yet */
    public T orThrow() {
        if (answer == null) {
            throw failure == null
                    ? FailureException.external(
                            "this is not read yet", "", "ask again in a while, or wait for it", Questions.LATER)
                    : new FailureException(failure);
        }
        return answer;
    }

    /** Whether nothing can be told of it but that it comes. */
    public boolean isOpen() {
        return answer == null && reading && (failure == null || failure.kind() == FailureKind.EXTERNAL);
    }
}
