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
 * @param outages what another run waited for in vain; null where runs do not know of each other
 */
public record RetryPolicy(int attempts, Duration first, Duration longest, Outages outages) {
    public static final RetryPolicy DEFAULT = new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofSeconds(30));

    /** For one run alone. */
    public RetryPolicy(int attempts, Duration first, Duration longest) {
        this(attempts, first, longest, null);
    }

    /**
     * The same for many runs of one process: what one of them has tried to the last attempt, the others try once or not at
     * all, since 500 tenants would otherwise wait for the same server 500 times.
     */
    public RetryPolicy together() {
        return new RetryPolicy(attempts, first, longest, new Outages());
    }

    /**
     * The delay before the next try, or empty when there is none.
     *
     * @param attempt how many tries there were
     */
    public Optional<Duration> next(Failure failure, int attempt, RandomGenerator random) {
        if (failure.kind().again() != FailureKind.Again.BACKOFF || isOver(failure, attempt)) {
            return Optional.empty();
        }
        long ceiling = Math.min(longest.toMillis(), first.toMillis() << Math.min(attempt - 1, 16));
        Duration backoff = Duration.ofMillis(ceiling / 2 + random.nextLong(ceiling / 2 + 1));
        return Optional.of(failure.askedToWait()
                .filter(asked -> asked.compareTo(backoff) > 0)
                .orElse(backoff));
    }

    private boolean isOver(Failure failure, int attempt) {
        boolean last = attempt >= attempts;
        if (outages == null) {
            return last;
        }
        if (last) {
            outages.add(failure);
        }
        return last || outages.know(failure);
    }

    /** Why a step that needs a server is not even tried; empty: nobody knows that it is out. */
    Optional<Failure> outage(String server) {
        return outages == null || server.isEmpty() ? Optional.empty() : outages.of(server);
    }

    /** A step that needs this server succeeded. */
    void answered(String server) {
        if (outages != null) {
            outages.end(server);
        }
    }
}
