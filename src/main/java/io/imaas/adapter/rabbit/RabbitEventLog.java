package io.imaas.adapter.rabbit;

import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.CloudEvent.StoredEvent;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.port.EventLog;
import io.imaas.port.Presence;
import io.imaas.port.Shares;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Events in a stream of RabbitMQ that several servers share. The broker keeps and orders them; each server folds what the
 * stream tells into a {@link Tail} and answers from there, whether the broker is there or not. How far consumers are is
 * told in the same stream.
 */
public final class RabbitEventLog implements EventLog {
    static final String STREAM = "events";

    /** In bytes. The broker forgets whole segments. */
    private static final int SEGMENT = 50_000_000;

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Tail tail = new Tail();
    private final String stream;
    private final Publisher publisher;
    private final Map<String, Long> told = new HashMap<>();
    private final Map<String, Object> settings;
    private final RabbitShares shares;
    private final RabbitPresence presence;
    private final CountDownLatch known = new CountDownLatch(1);
    private final ScheduledExecutorService timer = RabbitShares.thread("imaas-positions");
    private final RabbitLink link;
    private volatile StreamReader reader;

    private RabbitEventLog(Secret address, String prefix, Duration keep) {
        this.stream = prefix + STREAM;
        this.publisher = new Publisher(stream, tail);
        this.shares = new RabbitShares(prefix);
        this.presence = new RabbitPresence(prefix, RabbitPresence.PATIENCE);
        this.settings = Map.of(
                "x-queue-type",
                "stream",
                "x-max-age",
                keep.toSeconds() + "s",
                "x-stream-max-segment-size-bytes",
                SEGMENT);
        this.link = new RabbitLink(address, List.of(new Use(), presence, shares));
    }

    /**
     * @param address {@code amqp://USER:PASSWORD@HOST:PORT/VHOST} or {@code amqps://...}
     * @param prefix of the names of the stream and the queues
     * @param keep how long the broker keeps events at the least, where the stream is not there yet
     * @param patience how long the broker and what it holds are waited for
     * @throws FailureException INPUT when the address is none; EXTERNAL when the broker does not come
     */
    public static RabbitEventLog open(Secret address, String prefix, Duration keep, Duration patience) {
        RabbitEventLog log = new RabbitEventLog(address, prefix, keep);
        ScheduledFuture<?> unused = log.timer.scheduleWithFixedDelay(log::tell, 1, 1, TimeUnit.SECONDS);
        log.link.start();
        try {
            if (log.known.await(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                return log;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        FailureException failure = log.link.failure();
        log.close();
        throw failure;
    }

    /** As {@link #open} finds the broker: where it is. */
    public static String check(Secret address) {
        return RabbitLink.check(address);
    }

    /** Which part of the work is done here. */
    public Shares shares() {
        return shares;
    }

    /** Who else uses the log now. */
    public Presence presence() {
        return presence;
    }

    private final class Use implements RabbitLink.User {
        @Override
        public void connected(RabbitLink.Session session) throws IOException {
            session.declare(stream, settings);
            StreamReader now = new StreamReader(session, stream, tail, publisher::seen);
            publisher.use(session);
            now.follow();
            catchUp();
            reader = now;
            known.countDown();
        }

        @Override
        public void lost() {
            reader = null;
            publisher.lost(link.failure());
        }
    }

    /** Tells in a stream without events what its positions begin at; where several do so, the first has told it. */
    private void catchUp() throws IOException {
        // It says nothing of a beginning: the stream may be another one than the one that was read before.
        readUntil(publisher.send(Wire.POSITIONS, Wire.bytes(Map.of()), null));
        if (tail.begun() == null) {
            readUntil(publisher.send(Wire.POSITIONS, Wire.bytes(Map.of()), tail.beginning(Instant.now())));
        }
    }

    /** @param mark was sent just now; when it does not come, the stream is not the one that was read before */
    private void readUntil(CompletableFuture<Integer> mark) throws IOException {
        while (!mark.isDone()) {
            long before = tail.next();
            try {
                mark.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (tail.next() == before) {
                    tail.forget();
                    throw new IOException("the stream " + stream + " lost what it had, or does not answer", e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            }
        }
    }

    @Override
    public CompletableFuture<Integer> append(List<CloudEvent> events) {
        if (events.size() > Tail.MOST) {
            return CompletableFuture.failedFuture(FailureException.input(
                    "more than " + Tail.MOST + " events at once", "log of events", "send fewer at a time"));
        }
        if (reader == null) {
            return CompletableFuture.failedFuture(link.failure());
        }
        return publisher.send(Wire.EVENTS, Wire.events(events)).exceptionally(e -> {
            throw e instanceof FailureException ? new CompletionException(e) : new CompletionException(link.failure());
        });
    }

    @Override
    public List<StoredEvent> after(long position, int limit) {
        return tail.after(position, limit).orElseGet(() -> {
            StreamReader now = reader;
            try {
                if (now != null) {
                    return now.page(position, limit, PATIENCE);
                }
            } catch (IOException | TimeoutException e) {
                throw new FailureException(link.failure().failure(), e);
            }
            throw link.failure();
        });
    }

    @Override
    public List<StoredEvent> before(long position, int limit) {
        return tail.before(position, limit);
    }

    @Override
    public long last() {
        return tail.last();
    }

    @Override
    public long position(String consumer) {
        synchronized (told) {
            return Math.max(tail.position(consumer), told.getOrDefault(consumer, 0L));
        }
    }

    @Override
    public void advance(String consumer, long position) {
        synchronized (told) {
            told.merge(consumer, position, Math::max);
        }
    }

    /** What the stream does not know yet of how far consumers are. When it gets lost, work is done twice and changes nothing. */
    private void tell() {
        Map<String, Long> news;
        synchronized (told) {
            told.entrySet().removeIf(one -> one.getValue() <= tail.position(one.getKey()));
            news = Map.copyOf(told);
        }
        if (reader != null && !news.isEmpty()) {
            CompletableFuture<Integer> unused = publisher.send(Wire.POSITIONS, Wire.bytes(news));
        }
    }

    @Override
    public int waiting() {
        return publisher.waiting();
    }

    @Override
    public void close() {
        timer.shutdownNow();
        tell();
        publisher.await(PATIENCE);
        link.close();
        shares.end();
    }
}
