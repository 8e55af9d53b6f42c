package io.imaas.app.reaction;

import io.imaas.port.EventLog;
import java.util.TreeMap;

/** Up to which position all events of one share are dealt with; kept in the log, so that whoever has it next goes on there. */
final class Progress {
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
