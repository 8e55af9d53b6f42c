package io.imaas.adapter.mi.unittest;

import io.imaas.model.source.TestReport.Suite;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hands suites to servers. A suite whose connection was dropped comes back once and goes to another server when there is
 * one; whatever happens, each suite ends with exactly one result.
 */
final class SuiteQueue {
    private final Deque<Job> waiting = new ArrayDeque<>();
    private final Set<InetSocketAddress> servers;
    private final Map<String, Suite> results = new HashMap<>();
    private int running;
    private boolean closed;

    SuiteQueue(Iterable<SuiteSource> suites, Set<InetSocketAddress> servers) {
        this.servers = new HashSet<>(servers);
        for (SuiteSource suite : suites) {
            if (suite.sendable()) {
                waiting.add(new Job(suite, null, ""));
            } else {
                results.put(suite.file(), suite.missing(suite.problem(), 0));
            }
        }
    }

    /**
     * @param dropped the server that dropped its connection, or null at the first try
     * @param reason what became of the first try, or empty
     */
    record Job(SuiteSource suite, InetSocketAddress dropped, String reason) {
        boolean retried() {
            return dropped != null;
        }
    }

    /** The next suite for a server, or empty when there will be none: waits while a running suite may still come back. */
    synchronized Optional<Job> take(InetSocketAddress server) throws InterruptedException {
        while (!closed && servers.contains(server)) {
            boolean alone = servers.size() == 1;
            Optional<Job> next = waiting.stream()
                    .filter(job -> alone || !server.equals(job.dropped()))
                    .findFirst();
            if (next.isPresent()) {
                waiting.remove(next.get());
                running++;
                return next;
            }
            if (waiting.isEmpty() && running == 0) {
                return Optional.empty();
            }
            wait();
        }
        return Optional.empty();
    }

    synchronized void done(Job job, Suite result) {
        results.put(job.suite().file(), result);
        ended();
    }

    synchronized void again(Job job, InetSocketAddress dropped, String reason) {
        waiting.addLast(new Job(job.suite(), dropped, reason));
        ended();
    }

    /** The server can't be reached; the suite was not sent. */
    synchronized void lost(Job job, InetSocketAddress server) {
        servers.remove(server);
        waiting.addFirst(job);
        ended();
    }

    /** The server should get no further suite if there is another one. Returns whether there is. */
    synchronized boolean retire(InetSocketAddress server) {
        boolean other = servers.size() > 1;
        if (other) {
            servers.remove(server);
            notifyAll();
        }
        return other;
    }

    /** Nobody gets anything any more: a worker broke, and the others must not wait for it. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    private void ended() {
        running--;
        notifyAll();
    }

    /** Results by file; suites that no server was left for are not among them. */
    synchronized Map<String, Suite> results() {
        return Map.copyOf(results);
    }
}
