package io.imaas.server;

import io.imaas.app.access.Visitor;
import io.imaas.app.platform.Repeating;
import io.imaas.server.Problems.HttpProblem;
import io.javalin.http.Context;
import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** {@code GET /api/v1/news}: tells open pages, as server-sent events, that there is something to look at again. */
final class News implements AutoCloseable {
    private static final Duration LOOK = Duration.ofMillis(500);
    /** Every so many looks a word goes out though nothing is new, so that connections that broke are found. */
    private static final int ALIVE = 40;

    /** Then the browser comes again by itself, and is asked again who it is. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Served served;
    private final Map<SseClient, Listener> clients = new ConcurrentHashMap<>();
    private long looked;
    private int looks;

    /** @param seen what changes with what they see, as it was when they were told last */
    private record Listener(Visitor visitor, List<Object> seen, Instant ends) {}

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

    void open(Visitor visitor, SseClient client) {
        if (!Followers.hasRoom(clients.values().stream().map(Listener::visitor).toList(), visitor)) {
            client.close();
            return;
        }
        client.keepAlive();
        client.onClose(() -> clients.remove(client));
        Instant ends = served.clock().now().plus(LONGEST);
        clients.put(client, new Listener(visitor, seen(visitor), ends));
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
            } else if (now != looked) {
                tell(client, listener);
            } else if (looks % ALIVE == 0) {
                client.sendComment("still here");
            }
        });
        looked = now;
    }

    /** What happens elsewhere is nobody's business, nor that it does. */
    private void tell(SseClient client, Listener listener) {
        List<Object> seen = seen(listener.visitor());
        if (!seen.equals(listener.seen())) {
            clients.replace(client, new Listener(listener.visitor(), seen, listener.ends()));
            client.sendEvent("changed", "now");
        }
    }

    @Override
    public void close() {
        clients.keySet().forEach(SseClient::close);
    }
}
