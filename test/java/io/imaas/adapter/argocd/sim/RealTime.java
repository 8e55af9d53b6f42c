package io.imaas.adapter.argocd.sim;

import io.imaas.adapter.argocd.follow.Timeline;
import io.imaas.adapter.system.SystemClock;
import io.imaas.port.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** The simulated world on one thread, for clients that speak HTTP and have the same clock. */
public final class RealTime implements Timeline, AutoCloseable {
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1);
    private final Clock clock;

    public RealTime() {
        this(new SystemClock());
    }

    public RealTime(Clock clock) {
        this.clock = clock;
        thread.setRemoveOnCancelPolicy(true);
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    @Override
    public Instant now() {
        return clock.now();
    }

    @Override
    public Runnable at(Instant moment, Runnable task) {
        Future<?> alarm = thread.schedule(
                task, Math.max(0, clock.real(Duration.between(now(), moment)).toNanos()), TimeUnit.NANOSECONDS);
        return () -> alarm.cancel(false);
    }

    @Override
    public void execute(Runnable task) {
        thread.execute(task);
    }

    /** Does something in the simulated world and waits for it. */
    public <T> T call(Callable<T> task) {
        try {
            return thread.submit(task).get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ApiError error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    public void run(Runnable task) {
        call(() -> {
            task.run();
            return null;
        });
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
