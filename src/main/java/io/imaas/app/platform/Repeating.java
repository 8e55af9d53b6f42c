package io.imaas.app.platform;

import io.imaas.model.failure.FailureException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One thread of its own for what is done again and again, or later; it keeps no process alive. What goes wrong is told,
 * and nothing else ends with it.
 */
public final class Repeating implements AutoCloseable {
    private final ScheduledExecutorService thread;
    private final Consumer<FailureException> untold;
    private volatile boolean closed;

    /** @param untold hears what went wrong though nobody asked */
    public Repeating(String name, Consumer<FailureException> untold) {
        this.untold = untold;
        this.thread = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread daemon = new Thread(work, name);
            daemon.setDaemon(true);
            return daemon;
        });
    }

    /** @param pause between the end of one time and the next */
    public void every(Duration first, Duration pause, Runnable work) {
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(
                () -> attempt(work), first.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Does something once. */
    public void after(Duration wait, Runnable work) {
        ScheduledFuture<?> unused =
                thread.schedule(() -> attempt(work), Math.max(0, wait.toMillis()), TimeUnit.MILLISECONDS);
    }

    /** Does something on the caller's own thread. Returns whether it went well. */
    public boolean attempt(Runnable work) {
        try {
            work.run();
            return true;
        } catch (FailureException e) {
            tell(e);
        } catch (RuntimeException e) {
            tell(FailureException.defect("work that nobody asked for broke", e));
        }
        return false;
    }

    /** What a shutdown cuts off is not a failure: the next start finds it. */
    public void tell(FailureException failure) {
        if (!closed) {
            untold.accept(failure);
        }
    }

    /** Begins nothing more. */
    @Override
    public void close() {
        closed = true;
        thread.shutdownNow();
    }
}
