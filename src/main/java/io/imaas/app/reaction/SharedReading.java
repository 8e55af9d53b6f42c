package io.imaas.app.reaction;

import io.imaas.model.event.CloudEvent.StoredEvent;
import io.imaas.model.tenancy.TenantName;
import io.imaas.port.EventLog;
import io.imaas.port.Shares;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Predicate;

/**
 * Reads the log once for all shares that are held here. A share that comes is read on from where whoever had it before
 * stopped; one that goes is forgotten, with everything that was begun for it.
 */
final class SharedReading implements Shares.Holder {
    private static final int GROUP = 500;

    private final EventLog log;
    private final Shares shares;
    private final Reader reader;
    private final Map<Integer, Progress> held = new ConcurrentHashMap<>();
    private final Queue<Integer> gained = new ConcurrentLinkedQueue<>();
    private volatile long position;
    private boolean begun;

    /** Hears of events in their order, on the thread that reads. */
    interface Reader {
        /** @param whose the tenants whom it is read for */
        void take(StoredEvent event, Predicate<TenantName> whose);

        /** A share came, and all events that were left of it were taken. */
        void gained(Predicate<TenantName> whose);
    }

    SharedReading(EventLog log, Shares shares, Reader reader) {
        this.log = log;
        this.shares = shares;
        this.reader = reader;
    }

    @Override
    public void gained(int share) {
        held.put(share, new Progress(log, share));
        gained.add(share);
    }

    @Override
    public void lost(int share) {
        Progress progress = held.remove(share);
        if (progress != null) {
            progress.end();
        }
    }

    /** Whether this tenant is looked after here. */
    boolean holds(TenantName tenant) {
        return held.containsKey(shares.of(tenant.value()));
    }

    /** Up to where the log was read. */
    long position() {
        return position;
    }

    @Override
    public String toString() {
        return held.size() + " of " + shares.count();
    }

    /**
     * An event is the reason for so many tasks of a tenant.
     *
     * @return to be called when one of them has had its turn
     */
    Runnable begun(TenantName tenant, long at, int tasks) {
        Progress progress = held.get(shares.of(tenant.value()));
        if (progress == null) {
            return () -> {};
        }
        progress.begun(at, tasks);
        return () -> progress.done(at);
    }

    /** Takes everything that is new. */
    void readOn() {
        for (Integer share = gained.peek(); share != null; share = gained.peek()) {
            catchUp(share);
            gained.remove();
        }
        for (List<StoredEvent> events = log.after(position, GROUP);
                !events.isEmpty();
                events = log.after(position, GROUP)) {
            if (!log.keeps(position)) {
                reader.gained(this::holds);
            }
            for (StoredEvent event : events) {
                reader.take(event, this::holds);
                position = event.position();
            }
            held.values().forEach(progress -> progress.read(position));
        }
    }

    private void catchUp(int share) {
        Progress progress = held.get(share);
        if (progress == null) {
            return;
        }
        Predicate<TenantName> whose = tenant -> shares.of(tenant.value()) == share;
        if (!begun) {
            position = progress.position();
            begun = true;
        }
        long from = progress.position();
        while (from < position) {
            List<StoredEvent> events = log.after(from, GROUP);
            for (StoredEvent event : events) {
                if (event.position() <= position) {
                    reader.take(event, whose);
                }
            }
            from = events.isEmpty() ? position : events.get(events.size() - 1).position();
        }
        progress.read(position);
        reader.gained(whose);
    }

    /** Up to which position all events of one share are dealt with; kept in the log, so that whoever has it next goes on there. */
    private static final class Progress {
        private final EventLog log;
        private final String consumer;
        private final TreeMap<Long, Integer> open = new TreeMap<>();
        private long seen;
        private boolean over;

        Progress(EventLog log, int share) {
            this.log = log;
            this.consumer = "reactions-" + share;
            this.seen = log.position(consumer);
        }

        /** Where to go on. */
        synchronized long position() {
            return open.isEmpty() ? seen : open.firstKey() - 1;
        }

        /** An event was read that so many tasks have to look after. */
        synchronized void begun(long position, int tasks) {
            if (tasks > 0) {
                open.put(position, tasks);
            }
        }

        /** Everything up to here was read. */
        synchronized void read(long position) {
            seen = Math.max(seen, position);
            tell();
        }

        /** One task of an event has had its turn. */
        synchronized void done(long position) {
            open.computeIfPresent(position, (at, left) -> left == 1 ? null : left - 1);
            tell();
        }

        /** The share is somebody else's: what was not done here is done there. */
        synchronized void end() {
            over = true;
        }

        private void tell() {
            if (!over) {
                log.advance(consumer, position());
            }
        }
    }
}
