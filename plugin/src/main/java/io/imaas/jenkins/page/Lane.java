package io.imaas.jenkins.page;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;

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
        next();
    }
}
