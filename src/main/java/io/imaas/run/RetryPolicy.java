package io.imaas.run;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How often and how long after an external failure the same is tried again: full jitter on an exponential backoff, and
 * never before the other side's own Retry-After.
 *
 * @param attempts tries in all, the first included
 * @param outages what another run waited for in vain; null where runs do not know of each other
 */
public record RetryPolicy(int attempts, Duration first, Duration longest, Set<String> outages) {
    public static final RetryPolicy DEFAULT = new RetryPolicy(4, Duration.ofSeconds(1), Duration.ofSeconds(30));

    /** In a URL, or before the path as names of images begin. */
    private static final Pattern HOST = Pattern.compile("[a-z+]+://([^/]+).*|([^/ ]+[.:][^/ ]+)/.*");

    /** For one run alone. */
    public RetryPolicy(int attempts, Duration first, Duration longest) {
        this(attempts, first, longest, null);
    }

    /**
     * The same for many runs of one process: what one of them has tried to the last attempt, the others try once, since 500
     * tenants would otherwise wait for the same server 500 times.
     */
    public RetryPolicy together() {
        return new RetryPolicy(attempts, first, longest, ConcurrentHashMap.newKeySet());
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

    /** A server that names a time is busy, and not out; and what is said of no host is said of this run alone. */
    private boolean isOver(Failure failure, int attempt) {
        Matcher host = HOST.matcher(failure.where());
        boolean last = attempt >= attempts;
        if (outages == null || failure.askedToWait().isPresent() || !host.matches()) {
            return last;
        }
        String outage = failure.what() + " " + (host.group(1) == null ? host.group(2) : host.group(1));
        if (last) {
            outages.add(outage);
        }
        return outages.contains(outage);
    }
}
