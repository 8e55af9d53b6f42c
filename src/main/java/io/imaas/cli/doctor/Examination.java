package io.imaas.cli.doctor;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Does all checks side by side; none can hang or break the others.
 *
 * @param patience how long the slowest check may take
 */
record Examination(Duration patience) {
    private static final int SIDE_BY_SIDE = 8;

    /** Results in the order of the checks. */
    List<CheckResult> of(List<Check> checks) {
        ExecutorService pool = Executors.newFixedThreadPool(SIDE_BY_SIDE, task -> {
            Thread thread = new Thread(task, "doctor");
            thread.setDaemon(true);
            return thread;
        });
        try {
            List<Future<CheckResult>> running = checks.stream()
                    .map(check -> pool.submit(() -> check.look().get()))
                    .toList();
            long end = System.nanoTime() + patience.toNanos();
            List<CheckResult> results = new ArrayList<>();
            for (int i = 0; i < checks.size(); i++) {
                results.add(result(running.get(i), end - System.nanoTime())
                        .of(checks.get(i).name()));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    private CheckResult result(Future<CheckResult> running, long nanos) {
        try {
            return running.get(Math.max(nanos, 0), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return CheckResult.fail(
                    "no answer within " + patience.toSeconds() + " s",
                    "check the network, a proxy, and whether the server is up");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return CheckResult.fail("interrupted", "run it again");
        } catch (ExecutionException e) {
            return failed(e.getCause());
        }
    }

    private static CheckResult failed(Throwable cause) {
        if (cause instanceof FailureException known) {
            Failure failure = known.failure();
            return CheckResult.fail(failure.finding(), failure.suggestion());
        }
        return CheckResult.fail("the check broke: " + cause, "please report this");
    }
}
