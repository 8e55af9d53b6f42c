package io.imaas.adapter.mi.unittest;

import io.imaas.adapter.mi.unittest.SuiteQueue.Job;
import io.imaas.model.source.TestReport.Suite;
import io.imaas.model.source.TestReport.Verdict;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.function.Consumer;

/** Gives one server one suite after the other. */
final class ServerWorker implements Runnable {
    private final InetSocketAddress server;
    private final SuiteQueue queue;
    private final SuiteExchange exchange;
    private final Consumer<String> log;
    private volatile boolean reached;
    private volatile String lost = "";

    ServerWorker(InetSocketAddress server, SuiteQueue queue, SuiteExchange exchange, Consumer<String> log) {
        this.server = server;
        this.queue = queue;
        this.exchange = exchange;
        this.log = log;
    }

    /** Whether the server ever took a connection. */
    boolean reached() {
        return reached;
    }

    /** Why the server was given up, or empty. */
    String lost() {
        return lost;
    }

    @Override
    public void run() {
        boolean done = false;
        try {
            Optional<Job> job = queue.take(server);
            while (job.isPresent() && serve(job.get())) {
                job = queue.take(server);
            }
            done = true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            if (!done) {
                queue.close();
            }
        }
    }

    /** Ends a suite that is under way; its thread is blocked in the connection. */
    void abort() {
        exchange.abort();
    }

    /** Returns whether the server can be given another suite. */
    private boolean serve(Job job) {
        long start = System.nanoTime();
        try {
            String reply = exchange.send(job.suite().request());
            reached = true;
            finish(job, SuiteReply.read(job.suite(), reply, since(start)));
            return true;
        } catch (ExchangeException e) {
            return failed(job, e, since(start));
        }
    }

    private boolean failed(Job job, ExchangeException e, long millis) {
        if (e.kind() == ExchangeException.Kind.UNREACHABLE) {
            lost = e.getMessage();
            log.accept(lost);
            queue.lost(job, server);
            return false;
        }
        reached = true;
        if (e.kind() == ExchangeException.Kind.DROPPED && !job.retried()) {
            log.accept(job.suite().file() + ": " + e.getMessage() + "; it is sent once more");
            queue.again(job, server);
            return true;
        }
        String twice = job.retried() && e.kind() == ExchangeException.Kind.DROPPED ? ", for the second time" : "";
        finish(job, job.suite().missing(e.getMessage() + twice, millis));
        return e.kind() != ExchangeException.Kind.TIMED_OUT || !retired();
    }

    /** A server that gave no reply in time may still be at it, and a second suite would meet the first one's artifacts. */
    private boolean retired() {
        boolean retired = queue.retire(server);
        if (retired) {
            log.accept(
                    server.getHostString() + ":" + server.getPort() + " gets no further suite: it may still be busy");
        }
        return retired;
    }

    private void finish(Job job, Suite result) {
        long passed = result.cases().stream()
                .filter(c -> c.verdict() == Verdict.PASSED)
                .count();
        log.accept(result.file() + ": " + passed + " of " + result.cases().size() + " passed"
                + (result.problem().isEmpty()
                        ? ""
                        : "; " + result.problem().lines().findFirst().orElse("")));
        queue.done(job, result);
    }

    private static long since(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
