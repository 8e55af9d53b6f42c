package io.imaas.adapter.rabbit;

import com.rabbitmq.client.ConnectionFactory;
import io.imaas.model.identity.Secret;
import io.imaas.testing.Wires;
import java.net.URI;
import java.time.Duration;
import java.util.UUID;

/** What a test has of a broker for itself: names of its own, behind a wire that can be cut. */
public final class Broker implements AutoCloseable {
    static final Duration KEEP = Duration.ofDays(1);

    private static final String VARIABLE = "IMAAS_RABBITMQ";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final URI broker;
    private final String name;
    private final Wires wires;

    private Broker(String name) {
        this.broker = URI.create(System.getenv(VARIABLE));
        this.name = name;
        this.wires = wires();
    }

    static boolean isGiven() {
        return System.getenv(VARIABLE) != null && !System.getenv(VARIABLE).isBlank();
    }

    /** To be asked for only where {@link NeedsBroker} is. */
    public static Broker own() {
        return new Broker("test-" + UUID.randomUUID() + ".");
    }

    /** The same with the names that servers have. */
    public static Broker ofServers() {
        return new Broker("imaas.");
    }

    /** As one server opens it. */
    public RabbitEventLog log() {
        return log(wires);
    }

    /** As another server opens it, whose wire is its own. */
    RabbitEventLog log(Wires own) {
        return RabbitEventLog.open(new Secret(through(own)), name, KEEP, PATIENCE);
    }

    Wires wires() {
        return new Wires(
                broker.getHost(), broker.getPort() < 0 ? ConnectionFactory.DEFAULT_AMQP_PORT : broker.getPort());
    }

    /** The broker's address, behind the wire. */
    public String address() {
        return through(wires);
    }

    /** The same behind another wire. */
    String through(Wires own) {
        return "amqp://" + broker.getRawUserInfo() + "@127.0.0.1:" + own.port()
                + (broker.getRawPath() == null ? "" : broker.getRawPath());
    }

    /** Breaks all connections, and lets none through. */
    public void cut() {
        wires.cut();
    }

    public void restore() {
        wires.restore();
    }

    @Override
    public void close() {
        clean();
        wires.close();
    }

    /** Deletes what was left under these names. */
    public void clean() {
        try (var connection = factory().newConnection();
                var channel = connection.createChannel()) {
            channel.queueDelete(name + RabbitEventLog.STREAM);
            channel.queueDelete(name + RabbitShares.SERVERS);
            for (int share = 0; share < RabbitShares.COUNT; share++) {
                channel.queueDelete(name + RabbitShares.QUEUE + share);
            }
        } catch (Exception e) {
            throw new IllegalStateException("the test's queues could not be deleted", e);
        }
    }

    private ConnectionFactory factory() throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(broker);
        factory.setHandshakeTimeout(60_000);
        return factory;
    }
}
