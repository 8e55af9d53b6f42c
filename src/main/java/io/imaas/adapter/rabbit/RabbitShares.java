package io.imaas.adapter.rabbit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.imaas.port.Shares;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A quorum queue for each share, with a single active consumer, and in it one message: the task to look after the share.
 * Whoever has the message and did not acknowledge it holds the share. When its connection ends, the broker gives the
 * message to the server that waited longest. All that happens here happens on one thread.
 */
final class RabbitShares implements Shares, RabbitLink.User {
    static final String QUEUE = "tasks.";
    static final String SERVERS = "servers";
    static final int COUNT = 16;

    private static final int LOOK_MILLIS = 2_000;
    /** The broker closes a channel that keeps a message for 30 minutes. */
    private static final int RENEW_MINUTES = 10;

    private static final Map<String, Object> SETTINGS =
            Map.of("x-queue-type", "quorum", "x-single-active-consumer", true);

    private final ScheduledExecutorService thread = thread("imaas-shares");
    private final String queue;
    private final String servers;
    private final Map<Integer, Long> held = new HashMap<>();
    private final Map<Integer, String> waiting = new HashMap<>();
    private Optional<RabbitLink.Session> session = Optional.empty();
    private Channel channel;
    private Holder holder;

    RabbitShares(String prefix) {
        this.queue = prefix + QUEUE;
        this.servers = prefix + SERVERS;
        ScheduledFuture<?> unused = thread.scheduleWithFixedDelay(
                () -> attempt(this::balance), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        unused = thread.scheduleWithFixedDelay(
                () -> attempt(this::renew), RENEW_MINUTES, RENEW_MINUTES, TimeUnit.MINUTES);
    }

    /** What is given to it after its end, by a connection that ends later, is left out. */
    static ScheduledExecutorService thread(String name) {
        return new ScheduledThreadPoolExecutor(
                1,
                work -> {
                    Thread daemon = new Thread(work, name);
                    daemon.setDaemon(true);
                    return daemon;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    private interface Work {
        void run() throws IOException;
    }

    /** What the broker refuses ends the connection, and everything begins anew. */
    private void attempt(Work work) {
        try {
            work.run();
        } catch (IOException | ShutdownSignalException e) {
            session.ifPresent(RabbitLink.Session::end);
        }
    }

    @Override
    public int count() {
        return COUNT;
    }

    @Override
    public void start(Holder hears) {
        thread.execute(() -> {
            holder = hears;
            attempt(this::join);
        });
    }

    @Override
    public void connected(RabbitLink.Session now) {
        thread.execute(() -> {
            session = Optional.of(now);
            attempt(this::join);
        });
    }

    @Override
    public void lost() {
        thread.execute(() -> {
            session = Optional.empty();
            held.keySet().forEach(share -> holder.lost(share));
            held.clear();
            waiting.clear();
        });
    }

    /** Everybody who comes puts a task into each queue, so that there is one; the holder takes away what is too many. */
    private void join() throws IOException {
        if (session.isEmpty() || holder == null) {
            return;
        }
        channel = session.get().channel();
        // Of a queue with a single active consumer the broker does not tell how many wait.
        session.get().declare(servers, Map.of("x-queue-type", "quorum"));
        channel.basicConsume(servers, false, (tag, message) -> {}, tag -> session.ifPresent(RabbitLink.Session::end));
        for (int share = 0; share < COUNT; share++) {
            session.get().declare(queue + share, SETTINGS);
            put(share);
            subscribe(share);
        }
    }

    private void put(int share) throws IOException {
        channel.basicPublish("", queue + share, Wire.properties(Wire.TASK, queue + share, null), new byte[0]);
    }

    private void subscribe(int share) throws IOException {
        Channel now = channel;
        waiting.put(
                share,
                now.basicConsume(
                        queue + share,
                        false,
                        (tag, message) -> thread.execute(() -> attempt(
                                () -> received(now, share, message.getEnvelope().getDeliveryTag()))),
                        tag -> session.ifPresent(RabbitLink.Session::end)));
    }

    private void received(Channel from, int share, long task) throws IOException {
        if (from != channel || session.isEmpty()) {
            return;
        }
        Long before = held.put(share, task);
        if (before != null) {
            channel.basicAck(before, false);
        } else if (held.size() > fair()) {
            held.remove(share);
            pass(share, task);
        } else {
            holder.gained(share);
        }
    }

    /** How many shares each server has when all have about the same. */
    private int fair() throws IOException {
        int all = Math.max(1, channel.queueDeclarePassive(servers).getConsumerCount());
        return (COUNT + all - 1) / all;
    }

    /** To whoever waits for it next; this server waits behind all others. */
    private void pass(int share, long task) throws IOException {
        channel.basicCancel(waiting.get(share));
        channel.basicNack(task, false, true);
        subscribe(share);
    }

    private void balance() throws IOException {
        if (held.isEmpty()) {
            return;
        }
        int most = fair();
        while (held.size() > most) {
            int share = held.keySet().iterator().next();
            long task = held.remove(share);
            holder.lost(share);
            pass(share, task);
        }
    }

    private void renew() throws IOException {
        for (int share : held.keySet()) {
            put(share);
        }
    }

    /** After the connection's end. */
    void end() {
        thread.shutdown();
    }
}
