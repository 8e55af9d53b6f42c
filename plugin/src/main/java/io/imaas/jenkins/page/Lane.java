package io.imaas.jenkins.page;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A few of the shared threads, and never more: builds must not wait because somebody looks at a page. */
final class Lane implements Executor {
    private final Executor pool;
    private final int width;
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    Lane(Executor pool, int width) {
        this.pool = pool;
        this.width = width;
    }

    @Override
    public synchronized void execute(Runnable work) {
        waiting.add(work);
        next();
    }

    private synchronized void next() {
        if (running < width && !waiting.isEmpty()) {
            running++;
            Runnable work = waiting.remove();
            pool.execute(() -> {
                try {
                    work.run();
                } finally {
                    ended();
                }
            });
        }
    }

    private synchronized void ended() {
        running--;
        notifyAll();
        next();
    }

    /** Forgets what has not begun, and gives what has a moment to end. */
    synchronized void close(Duration patience) throws InterruptedException {
        waiting.clear();
        long end = System.nanoTime() + patience.toNanos();
        while (running > 0 && System.nanoTime() < end) {
            TimeUnit.NANOSECONDS.timedWait(this, end - System.nanoTime());
        }
    }
}
