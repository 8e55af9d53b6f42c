package io.imaas.run;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureKind;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
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
     * For a run that has changed something already: it waits for a server that starts again, by default for half a minute to a
     * whole one, since what was begun would else be taken back, or stay half done.
     */
    RetryPolicy patient() {
        return new RetryPolicy((int) Math.min(Integer.MAX_VALUE, attempts * 2L - 1), first, longest, outages);
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

    /** Servers that one of many runs waited for in vain. */
    private static final class Outages {
        /** In a URL, or before the path as names of images begin. */
        private static final Pattern HOST = Pattern.compile("[a-z+]+://([^/]+).*|([^/ ]+[.:][^/ ]+)/.*");

        /** One of so many asks all the same: the server may be there again. */
        private static final int ASKS = 64;

        private final Map<String, Failure> known = new ConcurrentHashMap<>();
        private final AtomicInteger spared = new AtomicInteger();

        /** The server that did not answer; empty where a failure is of no server. */
        private static String host(Failure failure) {
            Matcher host = HOST.matcher(failure.where().toString());
            return !host.matches() ? "" : host.group(1) == null ? host.group(2) : host.group(1);
        }

        /** A server that names a time is busy, and not out; and what is said of no host is said of one run alone. */
        void add(Failure failure) {
            String host = host(failure);
            if (!host.isEmpty() && failure.askedToWait().isEmpty()) {
                known.put(host, failure);
            }
        }

        boolean know(Failure failure) {
            Failure before = known.get(host(failure));
            return before != null
                    && failure.askedToWait().isEmpty()
                    && before.what().equals(failure.what());
        }

        /** It answered. */
        void end(String server) {
            known.remove(server);
        }

        /** Why a step that needs this server is not even tried: each try may take until a time limit. */
        Optional<Failure> of(String server) {
            return Optional.ofNullable(known.get(server))
                    .filter(failure -> spared.incrementAndGet() % ASKS != 0)
                    .map(failure -> new Failure(
                            failure.kind(),
                            failure.what(),
                            server + "/",
                            failure.suggestion() + "; found out for another tenant, and not tried again for each"));
        }
    }
}
