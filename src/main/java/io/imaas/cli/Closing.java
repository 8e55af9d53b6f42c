package io.imaas.cli;

import java.util.ArrayDeque;
import java.util.Deque;

/** Closes what was opened on the way, the last first. */
final class Closing implements AutoCloseable {
    private final Deque<Runnable> opened = new ArrayDeque<>();

    /** @param close how the resource is closed */
    <T> T later(T resource, Runnable close) {
        opened.push(close);
        return resource;
    }

    @Override
    public void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }
}
