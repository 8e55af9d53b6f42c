package io.imaas.adapter.rabbit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;

/**
 * One connection to the broker, made again for as long as it is wanted. Its users are told when it is there and when it is
 * gone.
 */
final class RabbitLink implements AutoCloseable {
    private static final int HEARTBEAT_SECONDS = 5;
    private static final int CONNECT_MILLIS = 5_000;
    private static final long PAUSE_MILLIS = 500;
    private static final Duration LATER = Duration.ofSeconds(2);

    private final ConnectionFactory factory;
    private final String place;
    private final List<User> users;
    private final Thread thread = new Thread(this::run, "imaas-rabbit");
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile String why = "not connected yet";

    /**
     * A connection while it lasts.
     *
     * @param ended is counted down when it should be given up, by whoever notices first
     */
    record Session(Connection connection, CountDownLatch ended) {
        void end() {
            ended.countDown();
        }

        /** A channel whose error ends the session, so that everybody begins anew together. */
        Channel channel() throws IOException {
            Channel channel =
                    connection.openChannel().orElseThrow(() -> new IOException("the broker gives no more channels"));
            channel.addShutdownListener(cause -> {
                if (!cause.isInitiatedByApplication()) {
                    end();
                }
            });
            return channel;
        }

        /** Makes a queue that is not there; one that is there stays as it is, whatever its settings. */
        void declare(String queue, Map<String, Object> settings) throws IOException {
            try (Channel asking = connection.createChannel()) {
                asking.queueDeclarePassive(queue);
                return;
            } catch (IOException | TimeoutException missing) {
                // Only the answer to the declaration tells whether this was the reason.
            }
            try (Channel making = connection.createChannel()) {
                making.queueDeclare(queue, true, false, false, settings);
            } catch (TimeoutException e) {
                throw new IOException(e);
            }
        }
    }

    /** Uses the connection while it is there. */
    interface User {
        void connected(Session session) throws IOException;

        /** Called once after every connection, made or not. */
        void lost();
    }

    RabbitLink(Secret address, List<User> users) {
        this.factory = factory(address);
        this.place = "amqp://" + factory.getHost() + ":" + factory.getPort();
        this.users = List.copyOf(users);
        thread.setDaemon(true);
    }

    private static ConnectionFactory factory(Secret address) {
        try {
            URI uri = new URI(address.reveal());
            ConnectionFactory factory = new ConnectionFactory();
            factory.setUri(uri);
            if ("amqps".equals(uri.getScheme())) {
                // The client's own default trusts everybody.
                factory.useSslProtocol(SSLContext.getDefault());
                factory.enableHostnameVerification();
            }
            factory.setAutomaticRecoveryEnabled(false);
            factory.setRequestedHeartbeat(HEARTBEAT_SECONDS);
            factory.setConnectionTimeout(CONNECT_MILLIS);
            return factory;
        } catch (URISyntaxException | GeneralSecurityException | IllegalArgumentException e) {
            throw FailureException.input(
                    "this is not an address of a broker",
                    "--events",
                    "write amqp://USER:PASSWORD@HOST:5672 or amqps://...");
        }
    }

    /**
     * Connects once, makes a queue as the log of events would be named, and leaves nothing there.
     *
     * @return where the broker is, without a password
     * @throws FailureException INPUT when the address is none; EXTERNAL when the broker does not let us in
     */
    static String check(Secret address) {
        RabbitLink link = new RabbitLink(address, List.of());
        try {
            try (Connection connection = link.factory.newConnection("imaas doctor");
                    Channel channel = connection.createChannel()) {
                String queue = "imaas.doctor." + UUID.randomUUID();
                channel.queueDeclare(queue, false, true, true, Map.of());
                channel.basicGet(queue, true);
                channel.queueDelete(queue);
                return link.place + " (" + connection.getServerProperties().get("product") + " "
                        + connection.getServerProperties().get("version") + ")";
            }
        } catch (IOException | TimeoutException e) {
            link.why = reason(e);
            throw link.failure();
        }
    }

    void start() {
        thread.start();
    }

    FailureException failure() {
        return FailureException.external(
                "the broker can't be used now: " + why, place, "see whether it runs, and send it again", LATER);
    }

    private void run() {
        boolean last;
        do {
            try {
                use();
            } catch (IOException | TimeoutException | ShutdownSignalException e) {
                why = reason(e);
            } finally {
                users.forEach(User::lost);
            }
            last = pause();
        } while (!last);
    }

    private void use() throws IOException, TimeoutException {
        Connection connection = factory.newConnection("imaas");
        try {
            CountDownLatch ended = new CountDownLatch(1);
            connection.addShutdownListener(cause -> {
                why = reason(cause);
                ended.countDown();
            });
            Session session = new Session(connection, ended);
            for (User user : users) {
                user.connected(session);
            }
            while (!ended.await(PAUSE_MILLIS / 5, TimeUnit.MILLISECONDS) && closing.getCount() > 0) {
                // Waits for either.
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            connection.abort(CONNECT_MILLIS);
        }
    }

    private static String reason(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }

    private boolean pause() {
        try {
            return closing.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            return true;
        }
    }

    @Override
    public void close() {
        closing.countDown();
        try {
            thread.join(2L * CONNECT_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
