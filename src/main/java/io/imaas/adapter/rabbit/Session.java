package io.imaas.adapter.rabbit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeoutException;

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
