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

    @Override
    public void close() {
        while (!all.isEmpty()) {
            AutoCloseable last = all.pop();
            try {
                last.close();
            } catch (Exception e) {
                throw new IllegalStateException(
                        "could not be closed: " + last.getClass().getSimpleName(), e);
            }
        }
    }
}
