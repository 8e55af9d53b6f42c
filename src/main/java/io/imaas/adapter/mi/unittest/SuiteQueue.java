package io.imaas.adapter.mi.unittest;

import io.imaas.model.source.TestReport.Suite;
import io.imaas.port.TestServer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hands suites to servers. A suite whose connection was dropped comes back once and goes to a server that is untouched
 * when there is one; whatever happens, each suite ends with exactly one result.
 */
final class SuiteQueue {
    private final Deque<Job> waiting = new ArrayDeque<>();
    private final Set<TestServer> servers;
    private final Map<String, Suite> results = new HashMap<>();
    private int running;
    private boolean closed;

    SuiteQueue(Iterable<SuiteSource> suites, Set<TestServer> servers) {
        this.servers = new HashSet<>(servers);
        for (SuiteSource suite : suites) {
            if (suite.sendable()) {
                waiting.add(new Job(suite, Optional.empty(), ""));
            } else {
                results.put(suite.file(), suite.missing(suite.problem(), 0));
            }
        }
    }

    /**
     * @param spoiled the server on which it did not end, and which still holds what it left there
     * @param reason what became of the first try, or empty
     */
    record Job(SuiteSource suite, Optional<TestServer> spoiled, String reason) {
        boolean retried() {
            return !reason.isEmpty();
        }
    }

    /** The next suite for a server, or empty when there will be none: waits while a running suite may still come back. */
    synchronized Optional<Job> take(TestServer server) throws InterruptedException {
        while (!closed && servers.contains(server)) {
            boolean alone = servers.size() == 1;
            Optional<Job> next = waiting.stream()
                    .filter(job ->
                            alone || !job.spoiled().filter(server::equals).isPresent())
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

    synchronized void again(Job job) {
        waiting.addLast(job);
        ended();
    }

    synchronized void notSent(Job job) {
        waiting.addFirst(job);
        ended();
    }

    /** The server can't be used any more. */
    synchronized void lost(TestServer server) {
        servers.remove(server);
        notifyAll();
    }

    /** The server should get no further suite if there is another one. Returns whether there is. */
    synchronized boolean retire(TestServer server) {
        boolean other = servers.size() > 1;
        if (other) {
            lost(server);
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

    /** Results by file; suites that no server was left for are missing, with what became of their first try. */
    synchronized Map<String, Suite> results(String unreachable) {
        Map<String, Suite> all = new HashMap<>(results);
        waiting.forEach(job -> {
            String left = "no server was left to run it: " + unreachable;
            all.put(
                    job.suite().file(),
                    job.suite()
                            .missing(job.retried() ? "at the first try: " + job.reason() + "\nthen " + left : left, 0));
        });
        return Map.copyOf(all);
    }
}
