package io.imaas.adapter.oci;

import com.google.cloud.tools.jib.event.events.ProgressEvent;
import com.google.cloud.tools.jib.event.progress.Allocation;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Tells how much of an image's blobs has gone over the wire, and how fast, a line every few seconds.
 *
 * <p>Jib gives each blob an allocation of as many units as it has bytes, and one below it with the same description once
 * its bytes really move; a blob that the registry has is told as done by the upper one alone.
 */
final class Transfer {
    private static final String PUSH = "pushing blob ";
    private static final long PAUSE = 3_000_000_000L;
    private static final double MEGABYTE = 1e6;
    private static final double SECOND = 1e9;

    private final Consumer<String> log;
    private final LongSupplier nanos;
    private final long begin;
    private final Map<Allocation, Long> moved = new LinkedHashMap<>();
    private long told;

    /** @param nanos a clock such as {@link System#nanoTime} */
    Transfer(Consumer<String> log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
        this.told = begin;
    }

    synchronized void add(ProgressEvent event) {
        Allocation blob = event.getAllocation();
        boolean moving = blob.getDescription().startsWith(PUSH)
                && blob.getParent()
                        .filter(above -> above.getDescription().equals(blob.getDescription()))
                        .isPresent();
        if (!moving) {
            return;
        }
        moved.merge(blob, event.getUnits(), Long::sum);
        long now = nanos.getAsLong();
        if (now - told >= PAUSE) {
            told = now;
            log.accept(sentence(now));
        }
    }

    private String sentence(long now) {
        double done = moved.values().stream().mapToLong(Long::longValue).sum() / MEGABYTE;
        double all = moved.keySet().stream()
                        .mapToLong(Allocation::getAllocationUnits)
                        .sum()
                / MEGABYTE;
        return String.format(
                Locale.ROOT, "%.1f of %.1f MB pushed, %.1f MB/s", done, all, done / ((now - begin) / SECOND));
    }
}
