package io.imaas.app.platform;

import io.imaas.model.tenancy.TenantName;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Threads for work in the background, a share for each tenant: a tenant whose servers hang waits for itself alone. A
 * tenant without work has no thread.
 */
public final class TenantExecutors implements AutoCloseable {
    private static final long IDLE_SECONDS = 10;

    private final int share;
    private final Map<TenantName, ExecutorService> executors = new ConcurrentHashMap<>();

    /** @param share how many threads one tenant has at the most */
    public TenantExecutors(int share) {
        this.share = share;
    }

    /** Runs the work when one of the tenant's threads is free, in the order in which it came. */
    public <T> Future<T> submit(TenantName tenant, Callable<T> work) {
        return executors.computeIfAbsent(tenant, this::executor).submit(work);
    }

    private ExecutorService executor(TenantName tenant) {
        ThreadPoolExecutor executor = new ThreadPoolExecutor(
                share, share, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads("imaas-" + tenant));
        executor.allowCoreThreadTimeOut(true);
        return executor;
    }

    /** Numbered threads that keep no process alive. */
    static ThreadFactory threads(String name) {
        AtomicInteger count = new AtomicInteger();
        return work -> {
            Thread thread = new Thread(work, name + "-" + count.incrementAndGet());
            thread.setDaemon(true);
            return thread;
        };
    }

    /** Interrupts what runs; nothing waits for it. */
    @Override
    public void close() {
        executors.values().forEach(ExecutorService::shutdownNow);
    }

    /** Interrupts what runs, and waits until it has ended, or for so long. */
    public void closeAndWait(Duration patience) {
        close();
        try {
            awaitEnd(System.nanoTime() + patience.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** After {@link #close}: waits until what was interrupted has ended, and says whether it did in time. */
    boolean awaitEnd(long deadlineNanos) throws InterruptedException {
        for (ExecutorService executor : executors.values()) {
            if (!executor.awaitTermination(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                return false;
            }
        }
        return true;
    }
}
