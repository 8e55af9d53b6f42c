package io.imaas.app.reaction;

import io.imaas.port.EventLog;
import java.util.TreeMap;

/** Up to which position all events are dealt with; kept in the log, so that a restart goes on from there. */
final class Progress {
    static final String CONSUMER = "reactions";

    private final EventLog log;
    private final TreeMap<Long, Integer> open = new TreeMap<>();
    private long seen;

    Progress(EventLog log) {
        this.log = log;
    }

    /** An event was read that so many tasks have to look after. */
    synchronized void begun(long position, int tasks) {
        seen = position;
        if (tasks > 0) {
            open.put(position, tasks);
        } else {
            tell();
        }
    }

    /** One task of an event has had its turn. */
    synchronized void done(long position) {
        open.computeIfPresent(position, (at, left) -> left == 1 ? null : left - 1);
        tell();
    }

    private void tell() {
        log.advance(CONSUMER, open.isEmpty() ? seen : open.firstKey() - 1);
    }
}
