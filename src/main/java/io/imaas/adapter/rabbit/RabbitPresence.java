package io.imaas.adapter.rabbit;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ShutdownSignalException;
import io.imaas.port.Presence;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

/** A queue for each process, which its connection alone may use and which goes with that connection. */
final class RabbitPresence implements Presence, RabbitLink.User {
    /** Whoever lost the connection, or the broker, is back long before. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int NOT_FOUND = 404;

    private final String own = UUID.randomUUID().toString();
    private final String queue;
    private final Duration patience;
    private final Map<String, Long> missing = new ConcurrentHashMap<>();
    private volatile Optional<RabbitLink.Session> session = Optional.empty();

    /** @param patience how long a process is missing before it is gone */
    RabbitPresence(String prefix, Duration patience) {
        this.queue = prefix + "process.";
        this.patience = patience;
    }

    @Override
    public String own() {
        return own;
    }

    @Override
    public void connected(RabbitLink.Session now) throws IOException {
        now.channel().queueDeclare(queue + own, false, true, true, Map.of());
        session = Optional.of(now);
    }

    @Override
    public void lost() {
        session = Optional.empty();
        missing.clear();
    }

    @Override
    public boolean isGone(String process) {
        if (process.equals(own) || !session.map(now -> isMissing(now, process)).orElse(false)) {
            missing.remove(process);
            return false;
        }
        long now = System.nanoTime();
        return now - missing.computeIfAbsent(process, first -> now) >= patience.toNanos();
    }

    /** The broker refuses to tell anything of a queue that is another connection's, and of one that is not there. */
    private boolean isMissing(RabbitLink.Session now, String process) {
        try (Channel asking = now.connection().createChannel()) {
            asking.queueDeclarePassive(queue + process);
            return false;
        } catch (IOException e) {
            return e.getCause() instanceof ShutdownSignalException refused
                    && refused.getReason() instanceof AMQP.Channel.Close close
                    && close.getReplyCode() == NOT_FOUND;
        } catch (TimeoutException | ShutdownSignalException e) {
            return false;
        }
    }
}
