package io.imaas.server;

import io.imaas.app.access.Visitor;
import io.imaas.app.platform.Repeating;
import io.imaas.model.failure.FailureException;
import io.imaas.server.Problems.HttpProblem;
import io.imaas.server.page.Reader;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** {@code GET /api/v1/news}: tells open pages, as server-sent events, that there is something to look at again. */
final class News implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);
    /** Every so many looks a word goes out though nothing is new, so that connections and sessions that ended are found. */
    private static final int ALIVE = 20;

    /** Then the browser comes again by itself, and is asked again who it is. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Served served;
    private final Map<SseClient, Listener> clients = new ConcurrentHashMap<>();
    private long looked;
    private int looks;

    /**
     * @param who asked each time: who lost a right, or whose session ended, hears nothing more
     * @param visitor as they were asked last
     * @param seen what changes with what they see, as it was when they were told last
     */
    private record Listener(Supplier<Optional<Reader>> who, Visitor visitor, List<Object> seen, Instant ends) {}

    /** @param timer a page that can't be told looks again by itself */
    News(Served served, Repeating timer) {
        this.served = served;
        this.looked = served.views().version();
        timer.every(LOOK, LOOK, this::look);
    }

    /** @throws HttpProblem 406 for whoever would get an empty answer instead */
    static void requireStream(Context ctx) {
        String accept = ctx.header("Accept");
        if (accept == null || !accept.contains("text/event-stream")) {
            throw new HttpProblem(406, "this is a stream of events", "send 'Accept: text/event-stream'");
        }
    }

    void open(Supplier<Optional<Reader>> who, SseClient client) {
        Visitor visitor = find(who);
        if (visitor == null
                || !Followers.hasRoom(
                        clients.values().stream().map(Listener::visitor).toList(), visitor)) {
            client.close();
            return;
        }
        client.keepAlive();
        client.onClose(() -> clients.remove(client));
        Instant ends = served.clock().now().plus(LONGEST);
        clients.put(client, new Listener(who, visitor, seen(visitor), ends));
    }

    /** Null where nobody knows them any more, or not now: then they come again, and are asked again. */
    private static Visitor find(Supplier<Optional<Reader>> who) {
        try {
            return who.get().map(Reader::visitor).orElse(null);
        } catch (HttpProblem | FailureException e) {
            return null;
        }
    }

    private List<Object> seen(Visitor visitor) {
        return visitor.seesAll()
                ? List.of(served.views().version())
                : served.visible(visitor).stream()
                        .<Object>map(view -> Arrays.asList(view.tenant().name(), view.readAt(), view.failure()))
                        .toList();
    }

    private void look() {
        long now = served.views().version();
        looks++;
        Instant time = served.clock().now();
        clients.forEach((client, listener) -> {
            if (!time.isBefore(listener.ends())) {
                client.close();
            } else if (now != looked || looks % ALIVE == 0) {
                tell(client, listener);
            }
        });
        looked = now;
    }

    /** What happens elsewhere is nobody's business, nor that it does. */
    private void tell(SseClient client, Listener listener) {
        Visitor visitor = find(listener.who());
        if (visitor == null) {
            client.close();
            return;
        }
        List<Object> seen = seen(visitor);
        if (!seen.equals(listener.seen())) {
            clients.replace(client, new Listener(listener.who(), visitor, seen, listener.ends()));
            client.sendEvent("changed", "now");
        } else if (looks % ALIVE == 0) {
            client.sendComment("still here");
        }
    }

    @Override
    public void close() {
        clients.keySet().forEach(SseClient::close);
    }
}
