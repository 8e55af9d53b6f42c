package io.imaas.adapter.oci;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * The threads of one build with Jib, gone when the build is over.
 *
 * <p>Left to itself Jib returns at the first refusal and lets its other threads go on: they would still push blobs of an
 * image that is given up, and write to a layer cache that somebody else may already use or take away.
 */
final class JibThreads implements AutoCloseable {
    /** A little more than the 20 seconds after which Jib itself gives up on a silent registry. */
    private static final int SECONDS_TO_END = 25;

    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "image-push");
        thread.setDaemon(true);
        return thread;
    });

    ExecutorService executor() {
        return threads;
    }

    /** Ends what is still under way and waits until it has ended. */
    @Override
    public void close() {
        threads.shutdownNow();
        try {
            threads.awaitTermination(SECONDS_TO_END, TimeUnit.SECONDS);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }
}
