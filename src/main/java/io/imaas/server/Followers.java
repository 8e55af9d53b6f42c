package io.imaas.server;

import io.imaas.app.access.Visitor;
import io.imaas.app.hub.Hub;
import io.imaas.app.platform.Repeating;
import io.imaas.model.failure.FailureException;
import io.imaas.server.Timeline.Part;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongFunction;

/** Whoever follows the events and has read all: is answered when there are more, and holds no thread meanwhile. */
final class Followers implements AutoCloseable {
    private static final int MOST = 1_000;
    /** Of one person or program. */
    private static final int OF_ONE = 50;

    private static final Duration LOOK = Duration.ofMillis(200);
    private static final Duration LATER = Duration.ofSeconds(5);

    private final Hub hub;
    private final Queue<Follower> waiting = new ConcurrentLinkedQueue<>();
    private volatile boolean closed;

    /** @param timer who can't be answered now is asked again by the next look */
    Followers(Hub hub, Repeating timer) {
        this.hub = hub;
        timer.every(LOOK, LOOK, () -> waiting.removeIf(follower -> follower.look(false)));
    }

    /**
     * The events after a position, or the first that come after it.
     *
     * @param look reads what comes after a position
     * @throws FailureException EXTERNAL when as many wait already as may
     */
    CompletableFuture<Part> next(Visitor visitor, long after, Duration patience, LongFunction<Part> look) {
        Follower follower = new Follower(visitor, after, System.nanoTime() + patience.toNanos(), look);
        if (follower.look(patience.isZero())) {
            return follower.answer;
        }
        if (!hasRoom(waiting.stream().map(other -> other.visitor).toList(), visitor)) {
            throw FailureException.external("too many wait for events", "", "ask again, or without 'wait'", LATER);
        }
        waiting.add(follower);
        if (closed) {
            answerAll();
        }
        return follower.answer;
    }

    /** Whether one more may wait for news, with a connection of their own. */
    static boolean hasRoom(List<Visitor> waiting, Visitor visitor) {
        long own = waiting.stream()
                .filter(other -> other.actor().equals(visitor.actor()))
                .count();
        return waiting.size() < MOST && own < OF_ONE;
    }

    private final class Follower {
        private final Visitor visitor;
        private final long ends;
        private final LongFunction<Part> look;
        private final CompletableFuture<Part> answer = new CompletableFuture<>();
        private long after;
        private Part last;

        Follower(Visitor visitor, long after, long ends, LongFunction<Part> look) {
            this.visitor = visitor;
            this.after = after;
            this.ends = ends;
            this.look = look;
        }

        /** Returns whether it was answered. */
        boolean look(boolean now) {
            if (last == null || hub.last() > after) {
                last = look.apply(after);
                after = last.next();
            }
            boolean full = !last.events().isEmpty() || last.gap();
            return (full || now || System.nanoTime() > ends) && answer.complete(last);
        }
    }

    /** Answers all, and whoever asks from now on at once. */
    @Override
    public void close() {
        closed = true;
        answerAll();
    }

    private void answerAll() {
        waiting.removeIf(follower -> follower.look(true));
    }
}
