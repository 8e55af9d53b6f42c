package io.imaas.server;

import io.imaas.app.platform.Repeating;
import io.imaas.app.view.Views;
import io.javalin.http.sse.SseClient;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** {@code GET /api/v1/news}: tells open pages, as server-sent events, that there is something to look at again. */
final class News implements AutoCloseable {
    private static final int MOST = 1_000;
    private static final Duration LOOK = Duration.ofMillis(500);
    /** Every so many looks a word goes out though nothing is new, so that connections that broke are found. */
    private static final int ALIVE = 40;

    private final Views views;
    private final Set<SseClient> clients = ConcurrentHashMap.newKeySet();
    // A page that can't be told looks again by itself.
    private final Repeating timer = new Repeating("imaas-news", failure -> {});
    private long told;
    private int looks;

    News(Views views) {
        this.views = views;
        this.told = views.version();
        timer.every(LOOK, LOOK, this::look);
    }

    void open(SseClient client) {
        if (clients.size() >= MOST) {
            client.close();
            return;
        }
        client.keepAlive();
        client.onClose(() -> clients.remove(client));
        clients.add(client);
    }

    /** How many pages listen. */
    int listening() {
        return clients.size();
    }

    private void look() {
        long now = views.version();
        looks++;
        if (now != told) {
            told = now;
            clients.forEach(client -> client.sendEvent("changed", String.valueOf(now)));
        } else if (looks % ALIVE == 0) {
            clients.forEach(client -> client.sendComment("still here"));
        }
    }

    @Override
    public void close() {
        timer.close();
        clients.forEach(SseClient::close);
    }
}
