package io.imaas.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Waits for what others do; gives up only after a time that no machine, however busy, needs for it. */
public final class Await {
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final int PAUSE_MILLIS = 20;

    private Await() {}

    public static void until(Callable<Boolean> condition) {
        until(condition, () -> "it did not come true");
    }

    /** @param told what an error says */
    public static void until(Callable<Boolean> condition, Supplier<?> told) {
        long end = System.nanoTime() + LONG.toNanos();
        try {
            while (!condition.call()) {
                if (System.nanoTime() > end) {
                    throw new AssertionError(told.get());
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
