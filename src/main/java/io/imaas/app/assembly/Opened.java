package io.imaas.app.assembly;

import java.util.ArrayDeque;
import java.util.Deque;

/** What was opened one after the other, to be closed the last first. */
public final class Opened implements AutoCloseable {
    private final Deque<AutoCloseable> all = new ArrayDeque<>();

    public <T extends AutoCloseable> T add(T one) {
        all.push(one);
        return one;
    }

    /** Closes all of them, whatever becomes of the others. */
    @Override
    public void close() {
        IllegalStateException failed = null;
        while (!all.isEmpty()) {
            AutoCloseable last = all.pop();
            try {
                last.close();
            } catch (Exception e) {
                if (failed == null) {
                    failed = new IllegalStateException(
                            "could not be closed: " + last.getClass().getSimpleName(), e);
                } else {
                    failed.addSuppressed(e);
                }
            }
        }
        if (failed != null) {
            throw failed;
        }
    }
}
