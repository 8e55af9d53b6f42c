package io.imaas.adapter.rabbit;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Delivery;
import io.imaas.model.event.CloudEvent;
import io.imaas.model.event.CloudEvent.StoredEvent;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.ObjIntConsumer;

/**
 * Reads the stream: on and on at its end, and pages of what was long ago.
 *
 * @param seen hears of each message: its id, and how many of its events were not there before
 */
record StreamReader(RabbitLink.Session session, String stream, Tail tail, ObjIntConsumer<String> seen) {
    private static final int AHEAD = 1_000;
    private static final int ACKNOWLEDGED = 100;

    /** From now on the tail takes what comes, from where it is. */
    void follow() throws IOException {
        Channel channel = session.channel();
        int whose = tail.forgotten();
        consume(channel, tail.next(), message -> {
            synchronized (tail) {
                take(message, whose);
            }
        });
    }

    /** @param whose how often the tail had been forgotten when this was begun to be read: what comes late is of another stream */
    private void take(Delivery message, int whose) {
        BasicProperties properties = message.getProperties();
        Long begun = Wire.begun(properties);
        if (whose != tail.forgotten()) {
            return;
        }
        tail.begin(begun);
        if (Wire.isEvents(properties) && !begun.equals(tail.begun())) {
            tail.forget();
            session.end();
            return;
        }
        long offset = offset(message);
        int fresh = 0;
        if (offset >= tail.next()) {
            tail.take(offset, Wire.positions(properties, message.getBody()));
            fresh = tail.take(offset, Wire.events(properties, message.getBody()));
        }
        seen.accept(properties.getMessageId(), fresh);
    }

    private void consume(Channel channel, long from, Consumer<Delivery> taker) throws IOException {
        channel.basicQos(AHEAD);
        channel.basicConsume(
                stream,
                false,
                Map.of("x-stream-offset", from),
                (tag, message) -> {
                    taker.accept(message);
                    long number = message.getEnvelope().getDeliveryTag();
                    if (number % ACKNOWLEDGED == 0) {
                        acknowledge(channel, number);
                    }
                },
                tag -> session.end());
    }

    private static void acknowledge(Channel channel, long number) throws IOException {
        try {
            channel.basicAck(number, true);
        } catch (AlreadyClosedException e) {
            // A page was full before all that was on its way had come; its channel is closed, and owes nothing.
        }
    }

    private static long offset(Delivery message) {
        return ((Number) message.getProperties().getHeaders().get("x-stream-offset")).longValue();
    }

    /** @param patience how long each message is waited for */
    List<StoredEvent> page(long position, int limit, Duration patience) throws IOException, TimeoutException {
        List<StoredEvent> page = new ArrayList<>();
        BlockingQueue<Delivery> messages = new LinkedBlockingQueue<>();
        long from = tail.offset(position);
        long end = tail.next() - 1;
        try (Channel channel = session.channel()) {
            consume(channel, from, messages::add);
            long offset = from - 1;
            while (offset < end && page.size() < limit) {
                Delivery message = messages.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
                if (message == null) {
                    throw new TimeoutException("the stream does not answer");
                }
                offset = offset(message);
                List<CloudEvent> events = Wire.events(message.getProperties(), message.getBody());
                tail.first(offset, events).stream()
                        .filter(stored -> stored.position() > position)
                        .limit((long) limit - page.size())
                        .forEach(page::add);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return page;
    }
}
