package io.imaas.jenkins.page;

import io.imaas.jenkins.run.Advice;
import io.imaas.model.failure.FailureException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * A value that is slow to read. Whoever looks gets at once what is known, and has it read again in the background when
 * that is old. Nobody reads it twice at the same time.
 */
final class BackgroundValue<T> {
    private static final Logger LOGGER = Logger.getLogger(BackgroundValue.class.getName());

    /**
     * What is known.
     *
     * @param value as it was read last with success; null: never
     * @param failure why the last attempt found nothing; empty: it did
     * @param at when the last attempt ended; null: there was none yet
     * @param underWay whether it is read at this moment, so that there will soon be news
     */
    record Reading<T>(T value, String failure, Instant at, boolean underWay) {
        /** Of nothing, which nobody reads. */
        static <T> Reading<T> none() {
            return new Reading<>(null, "", null, false);
        }

        boolean never() {
            return at == null;
        }
    }

    private final Callable<T> source;
    private final Duration fresh;
    private final Supplier<Instant> clock;
    private final Executor executor;
    private Reading<T> reading = Reading.none();
    private boolean outdated = true;

    BackgroundValue(Callable<T> source, Duration fresh, Supplier<Instant> clock, Executor executor) {
        this.source = source;
        this.fresh = fresh;
        this.clock = clock;
        this.executor = executor;
    }

    /** What is known now. */
    synchronized Reading<T> look() {
        if (!reading.underWay() && (outdated || reading.at().plus(fresh).isBefore(clock.get()))) {
            reading = new Reading<>(reading.value(), reading.failure(), reading.at(), true);
            // What changes from now on may be missed by this reading, and makes another one necessary.
            outdated = false;
            executor.execute(this::read);
        }
        return reading;
    }

    /** What is known now, for those who are not worth a reading: only the very first look begins one. */
    synchronized Reading<T> glance() {
        return reading.never() ? look() : reading;
    }

    /** It changed: whoever looks next has it read again, however new it is. */
    synchronized void outdated() {
        outdated = true;
    }

    private void read() {
        T value = null;
        String failure = "";
        try {
            value = source.call();
        } catch (FailureException e) {
            failure = Advice.inJenkins(e.failure()).sentence();
        } catch (Exception e) {
            LOGGER.log(Level.WARNING, "a page could not read what it shows", e);
            failure = "it could not be read: the controller's log says why";
        } finally {
            ended(value, failure);
        }
    }

    private synchronized void ended(T value, String failure) {
        reading = new Reading<>(value == null ? reading.value() : value, failure, clock.get(), false);
    }
}
