package io.imaas.server;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.internal.HttpConnection;

/**
 * The head of a request is there in time, or its connection is closed. Jetty's own limit begins anew with every byte, so that
 * whoever sends one now and then would hold a connection for ever. While there are as many connections as there may be,
 * those are closed, too, on which no request comes for a while.
 */
final class HeadDeadline {
    private final Server jetty;
    private final NetworkConnectionLimit most;
    private final long deadline;
    private final long room;
    /** Only of the timer's thread. */
    private final Map<EndPoint, Seen> seen = new HashMap<>();

    /**
     * A connection without a request.
     *
     * @param messages how many requests had come on it
     * @param bytes how many bytes had come when nothing of the next one had
     * @param since when that was, by {@link System#nanoTime}
     * @param arrived when it was seen first without a request
     */
    private record Seen(long messages, long bytes, long since, long arrived) {}

    /**
     * @param most how many connections there may be
     * @param room how long one may be without a request when there are so many
     */
    HeadDeadline(Server jetty, NetworkConnectionLimit most, Duration deadline, Duration room) {
        this.jetty = jetty;
        this.most = most;
        this.deadline = deadline.toNanos();
        this.room = room.toNanos();
    }

    /** Whether a connection waits for a request, or has a part of its head. */
    static boolean hasNoRequest(EndPoint client) {
        return client.getConnection() instanceof HttpConnection http
                && http.getHttpChannel().getRequest() == null;
    }

    /** Closes what is due; to be called again and again by one thread. */
    void look() {
        Set<EndPoint> waiting = new HashSet<>();
        Stream.of(jetty.getConnectors())
                .flatMap(connector -> connector.getConnectedEndPoints().stream())
                .filter(HeadDeadline::hasNoRequest)
                .forEach(client -> {
                    waiting.add(client);
                    look(client, (HttpConnection) client.getConnection());
                });
        seen.keySet().retainAll(waiting);
    }

    private void look(EndPoint client, HttpConnection http) {
        long now = System.nanoTime();
        Seen before = seen.get(client);
        if (before == null || before.messages() != http.getMessagesIn()) {
            seen.put(client, new Seen(http.getMessagesIn(), http.getBytesIn(), now, now));
        } else if (isFull() && now - before.arrived() > room) {
            client.close();
        } else if (before.bytes() == http.getBytesIn()) {
            seen.put(client, new Seen(before.messages(), before.bytes(), now, before.arrived()));
        } else if (now - before.since() > deadline) {
            client.close();
        }
    }

    private boolean isFull() {
        return most.getNetworkConnectionCount() >= most.getMaxNetworkConnectionCount();
    }
}
