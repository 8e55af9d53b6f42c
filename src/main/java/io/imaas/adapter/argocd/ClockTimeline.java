package io.imaas.adapter.argocd;

import io.imaas.adapter.argocd.follow.Timeline;
import io.imaas.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The timeline of a real process: one thread, whatever the number of rollouts. */
final class ClockTimeline implements Timeline, AutoCloseable {
    private final Clock clock;
    private final ScheduledThreadPoolExecutor thread;

    ClockTimeline(Clock clock) {
        this.clock = clock;
        this.thread = new ScheduledThreadPoolExecutor(1, Threads.named("argocd-rollouts"));
        // A called-off alarm is gone at once: five hundred rollouts call off many.
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant now() {
        return clock.now();
    }

    @Override
    public Runnable at(Instant moment, Runnable task) {
        try {
            long nanos = Math.max(
                    0, clock.real(Duration.between(clock.now(), moment)).toNanos());
            Future<?> alarm = thread.schedule(task, nanos, TimeUnit.NANOSECONDS);
            return () -> alarm.cancel(false);
        } catch (RejectedExecutionException closed) {
            return () -> {};
        }
    }

    @Override
    public void execute(Runnable task) {
        try {
            thread.execute(task);
        } catch (RejectedExecutionException closed) {
            // Answers that come after the end have nobody to tell.
            return;
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
