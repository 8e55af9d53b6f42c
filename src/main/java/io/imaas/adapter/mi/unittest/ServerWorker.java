package io.imaas.adapter.mi.unittest;

import io.imaas.adapter.mi.unittest.ExchangeException.Kind;
import io.imaas.adapter.mi.unittest.SuiteQueue.Job;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.TestReport.Suite;
import io.imaas.model.source.TestReport.Verdict;
import io.imaas.port.TestServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Gives one server one suite after the other. */
final class ServerWorker implements Runnable {
    private final TestServer server;
    private final SuiteQueue queue;
    private final SuiteExchange exchange;
    private final Consumer<String> log;
    private volatile boolean reached;
    private volatile String lost = "";
    /** Whether it took a connection since it was last started. */
    private boolean alive;
    /** Why the server can no longer be trusted, or empty. */
    private String leftBehind = "";

    ServerWorker(TestServer server, SuiteQueue queue, SuiteExchange exchange, Consumer<String> log) {
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
            alive = true;
            reached = true;
            finish(job, SuiteReply.read(job.suite(), reply, since(start)));
            return true;
        } catch (ExchangeException e) {
            return e.kind() == Kind.UNREACHABLE ? unreachable(job, e) : failed(job, e, since(start));
        }
    }

    /** A server of ours that an earlier suite ended begins anew; one that was only just started does not, and is given up. */
    private boolean unreachable(Job job, ExchangeException e) {
        boolean renewed = alive && restarted(e.getMessage());
        queue.notSent(job);
        if (!renewed) {
            giveUp(e.getMessage());
        }
        return renewed;
    }

    private boolean failed(Job job, ExchangeException e, long millis) {
        alive = true;
        reached = true;
        boolean unfinished = e.kind() == Kind.DROPPED || e.kind() == Kind.TIMED_OUT;
        boolean renewed = unfinished && restarted(job.suite().file() + " did not end");
        if (e.kind() == Kind.DROPPED && !job.retried()) {
            log.accept(job.suite().file() + ": " + e.getMessage() + "; it is sent once more");
            queue.again(new Job(job.suite(), renewed ? Optional.empty() : Optional.of(server), e.getMessage()));
        } else {
            finish(job, job.suite().missing(e.getMessage(), millis));
        }
        return !unfinished || renewed || spoiled(job, e);
    }

    /**
     * A suite that did not end leaves its artifacts on the server, and may be at work still: a further one could pass or
     * fail by what it meets. Returns whether the server goes on all the same, being the only one.
     */
    private boolean spoiled(Job job, ExchangeException e) {
        if (!lost.isEmpty()) {
            return false;
        }
        if (queue.retire(server)) {
            log.accept(shown() + " gets no further suite: a suite did not end on it");
            return false;
        }
        leftBehind =
                leftBehind.isEmpty() ? job.suite().file() + " did not end on it (" + e.getMessage() + ")" : leftBehind;
        return true;
    }

    /** Begins the server anew where it is ours; one that does not start again is given up. */
    private boolean restarted(String why) {
        String before = shown();
        try {
            if (!server.restart()) {
                return false;
            }
            alive = false;
            log.accept(before + " was started anew: " + why);
            return true;
        } catch (FailureException e) {
            giveUp("it does not start again: " + e.failure().sentence());
            return false;
        }
    }

    private void giveUp(String why) {
        if (lost.isEmpty()) {
            lost = why;
            log.accept(lost);
        }
        queue.lost(server);
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
        // A suite that passed on an untouched server passed.
        boolean passed = leftBehind.isEmpty() && result.problem().isEmpty();
        Suite told = new Suite(
                result.file(),
                result.cases(),
                result.coverage(),
                result.millis(),
                passed ? "" : String.join("\n", problems),
                result.mocks());
        long count =
                told.cases().stream().filter(c -> c.verdict() == Verdict.PASSED).count();
        log.accept(told.file() + ": " + count + " of " + told.cases().size() + " passed"
                + (told.problem().isEmpty()
                        ? ""
                        : "; " + told.problem().lines().findFirst().orElse("")));
        queue.done(job, told);
    }

    private String shown() {
        return server.address().getHostString() + ":" + server.address().getPort();
    }

    private static long since(long start) {
        return (System.nanoTime() - start) / 1_000_000;
    }
}
