package io.imaas.adapter.kubernetes;

import io.imaas.model.failure.FailureException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/**
 * What is read once, by whoever needs it first; others wait for that alone, and for nothing else that is being read. What
 * could not be read is read again by the next one.
 */
final class Once<K, T> {
    private final Map<K, Reading> begun = new ConcurrentHashMap<>();

    private final class Reading extends FutureTask<T> {
        private final K key;
        private volatile boolean failed;

        Reading(K key, Supplier<T> read) {
            super(read::get);
            this.key = key;
        }

        @Override
        protected void setException(Throwable problem) {
            failed = true;
            begun.remove(key, this);
            super.setException(problem);
        }
    }

    /** Whatever reading throws, each of those who wait for it gets. */
    T get(K key, Supplier<T> read) {
        return result(begin(key, read));
    }

    private T result(Reading reading) {
        try {
            return reading.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FailureException.external("interrupted", String.valueOf(reading.key), "run it again", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (RuntimeException) e.getCause();
        }
    }

    /** Reads it unless somebody has begun to, for which this does not wait. What its own reading throws comes at once. */
    void ahead(K key, Supplier<T> read) {
        Reading reading = begin(key, read);
        if (reading.failed) {
            result(reading);
        }
    }

    void clear() {
        begun.clear();
    }

    private Reading begin(K key, Supplier<T> read) {
        Reading own = new Reading(key, read);
        Reading first = begun.putIfAbsent(key, own);
        if (first != null) {
            return first;
        }
        own.run();
        return own;
    }
}
