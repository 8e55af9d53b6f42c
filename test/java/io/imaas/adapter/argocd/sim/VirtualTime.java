package io.imaas.adapter.argocd.sim;

import io.imaas.adapter.argocd.follow.Timeline;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/** Time that passes only when told to; whatever is due runs in order. */
public final class VirtualTime implements Timeline {
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private Instant now = Instant.parse("2026-03-01T08:00:00Z");
    private long sequence;

    private static final class Event implements Comparable<Event> {
        private final Instant at;
        private final long sequence;
        private final Runnable task;

        private Event(Instant at, long sequence, Runnable task) {
            this.at = at;
            this.sequence = sequence;
            this.task = task;
        }

        @Override
        public int compareTo(Event other) {
            int byTime = at.compareTo(other.at);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Runnable at(Instant moment, Runnable task) {
        Event event = new Event(moment.isBefore(now) ? now : moment, sequence++, task);
        events.add(event);
        return () -> events.remove(event);
    }

    @Override
    public void execute(Runnable task) {
        at(now, task);
    }

    public void after(Duration pause, Runnable task) {
        at(now.plus(pause), task);
    }

    public void advance(Duration duration) {
        Instant end = now.plus(duration);
        while (!events.isEmpty() && !events.peek().at.isAfter(end)) {
            Event next = events.poll();
            now = next.at;
            next.task.run();
        }
        now = end;
    }

    /** How many things are still to come. */
    public int pending() {
        return events.size();
    }
}
