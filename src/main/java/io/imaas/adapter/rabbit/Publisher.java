package io.imaas.adapter.rabbit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.imaas.model.failure.FailureException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Puts messages into the stream. The broker gives readers only what most of its nodes keep: a message that came back is
 * kept, and it is known what of it was new.
 */
final class Publisher {
    private static final int WAITING = 20_000;
    private static final Duration LATER = Duration.ofSeconds(1);
    private static final long PATIENCE_SECONDS = 10;

    private final String stream;
    private final Tail tail;
    private final Map<String, CompletableFuture<Integer>> sent = new ConcurrentHashMap<>();
    private final String own = UUID.randomUUID() + "-";
    private Channel channel;
    private long count;

    Publisher(String stream, Tail tail) {
        this.tail = tail;
        this.stream = stream;
    }

    synchronized void use(RabbitLink.Session session) throws IOException {
        channel = session.channel();
    }

    /** @return how many events of it were new, once it is kept */
    CompletableFuture<Integer> send(String contentType, byte[] body) {
        return send(contentType, body, tail.begun());
    }

    /** @param begun what the stream's positions begin at; null where it is not known */
    synchronized CompletableFuture<Integer> send(String contentType, byte[] body, Long begun) {
        if (sent.size() >= WAITING) {
            return CompletableFuture.failedFuture(
                    FailureException.external(WAITING + " deliveries wait already", stream, "send it again", LATER));
        }
        String id = own + count++;
        CompletableFuture<Integer> kept =
                new CompletableFuture<Integer>().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS);
        sent.put(id, kept);
        try {
            channel.basicPublish("", stream, Wire.properties(contentType, id, begun), body);
        } catch (IOException | ShutdownSignalException e) {
            kept.completeExceptionally(e);
        }
        return kept.whenComplete((fresh, failure) -> sent.remove(id));
    }

    /** A message came in the stream. */
    void seen(String id, int fresh) {
        CompletableFuture<Integer> kept = id == null ? null : sent.get(id);
        if (kept != null) {
            kept.complete(fresh);
        }
    }

    /** What did not come back may be kept or not: whoever sends it again can't double it. */
    void lost(FailureException why) {
        sent.values().forEach(kept -> kept.completeExceptionally(why));
    }

    /** Waits until everything that was sent has ended, or for so long. */
    void await(Duration patience) {
        CompletableFuture<?> all = CompletableFuture.allOf(sent.values().toArray(CompletableFuture<?>[]::new));
        // However it ends: what was not kept was told to its sender.
        all.completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failed -> null)
                .join();
    }

    int waiting() {
        return sent.size();
    }
}
