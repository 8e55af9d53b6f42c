package io.imaas.run;

import io.imaas.model.failure.Failure;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Servers that one of many runs waited for in vain. */
final class Outages {
    /** In a URL, or before the path as names of images begin. */
    private static final Pattern HOST = Pattern.compile("[a-z+]+://([^/]+).*|([^/ ]+[.:][^/ ]+)/.*");

    /** One of so many asks all the same: the server may be there again. */
    private static final int ASKS = 64;

    private final Map<String, Failure> known = new ConcurrentHashMap<>();
    private final AtomicInteger spared = new AtomicInteger();

    /** The server that did not answer; empty where a failure is of no server. */
    private static String host(Failure failure) {
        Matcher host = HOST.matcher(failure.where());
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
