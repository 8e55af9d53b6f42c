package io.imaas.run;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import java.time.Duration;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * How often and how long after an external failure the same is tried again: full jitter on an exponential backoff, and
 * never before the other side's own Retry-After.
 *
 * @param attempts tries in all, the first included
 */
public record RetryPolicy(int attempts, Duration first, Duration longest) {
    public static final RetryPolicy DEFAULT = new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofSeconds(30));

    /**
     * The delay before the next try, or empty when there is none.
     *
     * @param attempt how many tries there were
     */
    public Optional<Duration> next(Failure failure, int attempt, RandomGenerator random) {
        if (failure.kind().again() != FailureKind.Again.BACKOFF || attempt >= attempts) {
            return Optional.empty();
        }
        long ceiling = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt - 1, 16));
        Duration backoff = Duration.ofMillis(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
        return Optional.of(failure.askedToWait()
                .filter(asked -> asked.compareTo(backoff) > 0)
                .orElse(backoff));
    }
}
