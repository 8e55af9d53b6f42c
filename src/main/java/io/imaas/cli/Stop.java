package io.imaas.cli;

import java.util.concurrent.CountDownLatch;

/** Ctrl-C and SIGTERM for a command that stays: the process ends only when this is closed. */
final class Stop implements AutoCloseable {
    private final CountDownLatch told = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    Stop() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            told.countDown();
            try {
                ended.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }));
    }

    /** Returns when the process is told to stop. */
    void await() throws InterruptedException {
        told.await();
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
