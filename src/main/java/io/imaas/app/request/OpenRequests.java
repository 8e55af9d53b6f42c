package io.imaas.app.request;

import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.CloudEvent.StoredEvent;
import io.imaas.model.failure.FailureException;
import io.imaas.port.Clock;
import io.imaas.port.EventLog;
import io.imaas.port.Presence;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Requests that a process accepted and of which the log does not tell what came. When that process is gone, this is told,
 * once, and their keys may be used again: nobody else carries them out, and the same request finishes what was begun.
 */
final class OpenRequests {
    static final String ACCEPTED = "request.accepted";
    static final String INTERRUPTED = "request.interrupted";
    /** Among an event's data: the id of the event that the request was accepted with. */
    static final String ORDER = "order";

    static final String PROCESS = "process";
    static final String REQUEST = "request";

    private static final String CONSUMER = "requests";
    private static final String AGAIN = "|again-";
    private static final int GROUP = 1_000;
    /** How far back a key is looked for. */
    private static final int FAR = 10_000;

    private final EventLog log;
    private final Presence presence;
    private final Clock clock;
    private final Map<String, StoredEvent> open = new LinkedHashMap<>();
    private long position;
    private boolean begun;

    OpenRequests(EventLog log, Presence presence, Clock clock) {
        this.log = log;
        this.presence = presence;
        this.clock = clock;
    }

    /**
     * Reads on, and tells of whose process is gone.
     *
     * @throws FailureException EXTERNAL when the log can't be read, or keeps nothing
     */
    synchronized void look() {
        if (!begun) {
            position = log.position(CONSUMER);
            begun = true;
        }
        for (List<StoredEvent> events = log.after(position, GROUP);
                !events.isEmpty();
                events = log.after(position, GROUP)) {
            events.forEach(this::take);
            position = events.get(events.size() - 1).position();
        }
        for (StoredEvent accepted : List.copyOf(open.values())) {
            if (presence.isGone(accepted.event().data().get(PROCESS))) {
                log.append(List.of(interrupted(accepted.event()))).join();
                open.remove(accepted.event().id());
            }
        }
        log.advance(
                CONSUMER,
                open.isEmpty() ? position : open.values().iterator().next().position() - 1);
    }

    private void take(StoredEvent stored) {
        CloudEvent event = stored.event();
        String order = event.data().get(ORDER);
        if (!event.source().equals(Requests.SOURCE) || order == null) {
            return;
        }
        if (event.type().equals(ACCEPTED)) {
            open.put(order, stored);
        } else {
            open.remove(order);
        }
    }

    private CloudEvent interrupted(CloudEvent accepted) {
        Map<String, String> data = new HashMap<>(accepted.data());
        data.put(
                "why",
                "the server stopped before it reported a result; send the request again with the same Idempotency-Key:"
                        + " what was begun is then finished");
        return new CloudEvent(
                accepted.id() + "|interrupted",
                Requests.SOURCE,
                INTERRUPTED,
                accepted.subject(),
                clock.now(),
                accepted.tenant(),
                data);
    }

    /**
     * The id for a request whose first id was used before.
     *
     * @param key the asker's own name for it
     * @throws FailureException CONFLICT when what had the id was carried out, or may be under way, or was another
     *     request
     */
    String again(String id, String key, String request) {
        look();
        CloudEvent last = newest(id).orElseThrow(() -> used(key, "and the answer is not known here"));
        if (!request.equals(last.data().get(REQUEST))) {
            throw another();
        }
        if (last.type().equals(ACCEPTED)) {
            throw used(key, "and the request is under way at another server");
        }
        if (!last.type().equals(INTERRUPTED)) {
            throw used(key, "and the request " + last.type().replaceFirst(".*\\.", "") + " at " + last.time());
        }
        String order = last.data().get(ORDER);
        int times = order.equals(id) ? 1 : Integer.parseInt(order.substring((id + AGAIN).length()));
        return id + AGAIN + (times + 1);
    }

    private Optional<CloudEvent> newest(String id) {
        long before = Long.MAX_VALUE;
        for (int read = 0; read < FAR; read += GROUP) {
            List<StoredEvent> events = log.before(before, GROUP);
            for (StoredEvent stored : events) {
                String order = stored.event().data().getOrDefault(ORDER, "");
                if (order.equals(id) || order.startsWith(id + AGAIN)) {
                    return Optional.of(stored.event());
                }
                before = stored.position();
            }
            if (events.isEmpty()) {
                break;
            }
        }
        return Optional.empty();
    }

    static FailureException another() {
        return FailureException.conflict(
                "this Idempotency-Key was used for another request", "Idempotency-Key", "take another key");
    }

    static FailureException used(String key, String what) {
        return FailureException.conflict(
                "this Idempotency-Key was used already, " + what,
                key,
                "see in /api/v1/events what came of it, or ask again with another key");
    }
}
