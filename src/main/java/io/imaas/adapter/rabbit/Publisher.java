package io.imaas.adapter.rabbit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.imaas.model.failure.FailureException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.NavigableMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;

/**
 * Puts messages into the stream. A message is kept when the broker confirmed it, and what of it was new is known when it
 * comes back in the stream; the sender hears both at once.
 */
final class Publisher {
    private static final int WAITING = 20_000;
    private static final Duration LATER = Duration.ofSeconds(1);

    private final String stream;
    private final Map<String, Sent> sent = new ConcurrentHashMap<>();
    private final NavigableMap<Long, Sent> unconfirmed = new ConcurrentSkipListMap<>();
    private final String own = UUID.randomUUID() + "-";
    private Channel channel;
    private long count;

    private record Sent(CompletableFuture<Void> confirmed, CompletableFuture<Integer> fresh) {
        void fail(Throwable why) {
            confirmed.completeExceptionally(why);
            fresh.completeExceptionally(why);
        }
    }

    Publisher(String stream) {
        this.stream = stream;
    }

    synchronized void use(Session session) throws IOException {
        channel = session.channel();
        channel.confirmSelect();
        channel.addConfirmListener(
                (tag, multiple) -> ended(tag, multiple)
                        .forEach((at, one) -> one.confirmed().complete(null)),
                (tag, multiple) -> ended(tag, multiple).forEach((at, one) -> one.fail(refused())));
    }

    private Map<Long, Sent> ended(long tag, boolean multiple) {
        Map<Long, Sent> these = multiple ? unconfirmed.headMap(tag, true) : unconfirmed.subMap(tag, true, tag, true);
        Map<Long, Sent> copy = Map.copyOf(these);
        these.clear();
        return copy;
    }

    private FailureException refused() {
        return FailureException.external(
                "the broker did not keep it", stream, "see the broker's log, and send it again", LATER);
    }

    /** @return how many events of it were new, once it is kept */
    synchronized CompletableFuture<Integer> send(String contentType, byte[] body) {
        if (sent.size() >= WAITING) {
            return CompletableFuture.failedFuture(
                    FailureException.external(WAITING + " deliveries wait already", stream, "send it again", LATER));
        }
        String id = own + count++;
        Sent one = new Sent(new CompletableFuture<>(), new CompletableFuture<>());
        sent.put(id, one);
        try {
            unconfirmed.put(channel.getNextPublishSeqNo(), one);
            channel.basicPublish("", stream, Wire.properties(contentType, id), body);
        } catch (IOException | ShutdownSignalException e) {
            one.fail(e);
        }
        CompletableFuture<Integer> kept = one.confirmed().thenCombine(one.fresh(), (nothing, fresh) -> fresh);
        return kept.whenComplete((fresh, failure) -> sent.remove(id));
    }

    /** A message came in the stream. */
    void seen(String id, int fresh) {
        Sent one = id == null ? null : sent.get(id);
        if (one != null) {
            one.fresh().complete(fresh);
        }
    }

    /** What was not confirmed may be kept or not: whoever sends it again can't double it. */
    void lost(FailureException why) {
        unconfirmed.clear();
        sent.values().forEach(one -> one.fail(why));
    }

    /** Waits until everything that was sent has ended, or for so long. */
    void await(Duration patience) {
        CompletableFuture<?> all = CompletableFuture.allOf(sent.values().stream()
                .map(one -> CompletableFuture.allOf(one.confirmed(), one.fresh()))
                .toArray(CompletableFuture<?>[]::new));
        // However it ends: what was not kept was told to its sender.
        all.completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
                .exceptionally(failed -> null)
                .join();
    }

    int waiting() {
        return sent.size();
    }
}
