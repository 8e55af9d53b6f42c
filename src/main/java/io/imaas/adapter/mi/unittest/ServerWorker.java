package io.imaas.adapter.mi.unittest;

import io.imaas.adapter.mi.unittest.ExchangeException.Kind;
import io.imaas.adapter.mi.unittest.SuiteQueue.Job;
import io.imaas.model.source.TestReport.Suite;
import io.imaas.model.source.TestReport.Verdict;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
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
    /** Why the server can no longer be trusted, or empty. */
    private String leftBehind = "";

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
        if (e.kind() == Kind.UNREACHABLE) {
            lost = e.getMessage();
            log.accept(lost);
            queue.lost(job, server);
            return false;
        }
        reached = true;
        boolean unfinished = e.kind() == Kind.DROPPED || e.kind() == Kind.TIMED_OUT;
        boolean again = e.kind() == Kind.DROPPED && !job.retried();
        if (again) {
            log.accept(job.suite().file() + ": " + e.getMessage() + "; it is sent once more");
            queue.again(job, server, e.getMessage());
        } else {
            finish(job, job.suite().missing(e.getMessage(), millis));
        }
        if (!unfinished) {
            return true;
        }
        if (retired()) {
            return false;
        }
        leftBehind =
                leftBehind.isEmpty() ? job.suite().file() + " did not end on it (" + e.getMessage() + ")" : leftBehind;
        return true;
    }

    /**
     * A suite that did not end leaves its artifacts on the server, and may be at work still: a further one could pass or
     * fail by what it meets.
     */
    private boolean retired() {
        boolean retired = queue.retire(server);
        if (retired) {
            log.accept(shown() + " gets no further suite: a suite did not end on it");
        }
        return retired;
    }

    private void finish(Job job, Suite result) {
        List<String> problems = new ArrayList<>();
        if (!leftBehind.isEmpty()) {
            problems.add("not trusted: restart " + shown() + ", since " + leftBehind
                    + " and may have left artifacts and mock services behind");
        }
        if (!job.reason().isEmpty() && !job.reason().equals(result.problem())) {
            problems.add("at the first try: " + job.reason());
        }
        if (!result.problem().isEmpty()) {
            problems.add(result.problem() + (job.reason().equals(result.problem()) ? ", for the second time" : ""));
        }
        // A suite that passed on a second, untouched server passed.
        boolean passedElsewhere = leftBehind.isEmpty() && result.problem().isEmpty();
        Suite told = new Suite(
                result.file(),
                result.cases(),
                result.coverage(),
                result.millis(),
                passedElsewhere ? "" : String.join("\n", problems));
        long passed =
                told.cases().stream().filter(c -> c.verdict() == Verdict.PASSED).count();
        log.accept(told.file() + ": " + passed + " of " + told.cases().size() + " passed"
                + (told.problem().isEmpty()
                        ? ""
                        : "; " + told.problem().lines().findFirst().orElse("")));
        queue.done(job, told);
    }

    private String shown() {
        return server.getHostString() + ":" + server.getPort();
    }

    private static long since(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
