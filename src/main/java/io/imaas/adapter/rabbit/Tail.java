package io.imaas.adapter.rabbit;

import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.CloudEvent.StoredEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the stream told so far, folded in its order. All servers see the same order, so they all agree which one of several
 * messages with the same event came first, and where it is; nobody has to be asked.
 */
final class Tail {
    /** How many of the newest events are at hand without asking the broker. */
    private static final int RECENT = 10_000;
    /** How many of the newest events' ids are known: some 40 MB. */
    private static final int KNOWN = 200_000;
    /** A position is the message's offset, then the event's place in the message. */
    private static final int BITS = 16;

    /** The most events that one message may hold. */
    static final int MOST = 1 << BITS;

    private final Deque<StoredEvent> recent = new ArrayDeque<>();
    private final Map<String, Long> ids = new LinkedHashMap<>();
    private final Set<Long> doubled = new HashSet<>();
    private final Map<String, Long> consumers = new HashMap<>();
    private Long begun;
    private long next;
    private long last;
    private long lost;
    private int forgotten;
    private boolean whole = true;

    synchronized long offset(long position) {
        return begun == null ? 0 : Math.max(0, position - begun) >> BITS;
    }

    private long position(long offset, int index) {
        return begun + (offset << BITS | index) + 1;
    }

    /** Hears from a message what the positions of its stream begin at; null in one that does not say so. */
    synchronized void begin(Long told) {
        if (begun == null) {
            begun = told;
        }
    }

    /** What positions begin at; null before any message told. */
    synchronized Long begun() {
        return begun;
    }

    /** For a stream that has no events yet: more than any position of one that was lost. */
    synchronized long beginning(Instant now) {
        return Math.max(ChronoUnit.MICROS.between(Instant.EPOCH, now), lost);
    }

    /** Takes one message's events. Returns how many of them were not there before. */
    synchronized int take(long offset, List<CloudEvent> events) {
        next = offset + 1;
        int fresh = 0;
        for (int i = 0; i < events.size(); i++) {
            long position = position(offset, i);
            CloudEvent event = events.get(i);
            if (ids.putIfAbsent(event.id(), position) != null) {
                doubled.add(position);
                continue;
            }
            fresh++;
            last = position;
            recent.add(new StoredEvent(position, event));
            if (recent.size() > RECENT) {
                recent.remove();
                whole = false;
            }
            if (ids.size() > KNOWN) {
                ids.remove(ids.keySet().iterator().next());
            }
        }
        return fresh;
    }

    /** Takes how far consumers are. */
    synchronized void take(long offset, Map<String, Long> positions) {
        next = offset + 1;
        positions.forEach((consumer, position) -> consumers.merge(consumer, position, Math::max));
    }

    /** The stream is another one than before. */
    synchronized void forget() {
        recent.clear();
        ids.clear();
        doubled.clear();
        consumers.clear();
        begun = null;
        forgotten++;
        lost = Math.max(lost, last);
        next = 0;
        last = 0;
        whole = true;
    }

    /** How often the stream was another one. */
    synchronized int forgotten() {
        return forgotten;
    }

    /** The offset of the message after the newest one that is known. */
    synchronized long next() {
        return next;
    }

    synchronized long last() {
        return last;
    }

    synchronized long position(String consumer) {
        return consumers.getOrDefault(consumer, 0L);
    }

    /** Empty when this is so long ago that the broker has to be asked. */
    synchronized Optional<List<StoredEvent>> after(long position, int limit) {
        boolean known =
                whole || (!recent.isEmpty() && position >= recent.getFirst().position() - 1);
        if (position >= last) {
            return Optional.of(List.of());
        }
        return known
                ? Optional.of(recent.stream()
                        .filter(stored -> stored.position() > position)
                        .limit(limit)
                        .toList())
                : Optional.empty();
    }

    /** Of those that are at hand, the newest first. */
    synchronized List<StoredEvent> before(long position, int limit) {
        List<StoredEvent> before = new ArrayList<>();
        for (Iterator<StoredEvent> all = recent.descendingIterator(); all.hasNext() && before.size() < limit; ) {
            StoredEvent stored = all.next();
            if (stored.position() < position) {
                before.add(stored);
            }
        }
        return before;
    }

    /** A message's events that were there first. */
    synchronized List<StoredEvent> first(long offset, List<CloudEvent> events) {
        List<StoredEvent> first = new ArrayList<>();
        for (int i = 0; i < events.size(); i++) {
            long position = position(offset, i);
            if (position <= last && !doubled.contains(position)) {
                first.add(new StoredEvent(position, events.get(i)));
            }
        }
        return first;
    }
}
