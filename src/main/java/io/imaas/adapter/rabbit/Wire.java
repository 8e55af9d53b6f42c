package io.imaas.adapter.rabbit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.rabbitmq.client.AMQP.BasicProperties;
import io.imaas.model.event.CloudEvent;
import io.imaas.model.failure.FailureException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Messages of the stream: events in the batch format of CloudEvents, and how far consumers are. */
final class Wire {
    static final String EVENTS = "application/cloudevents-batch+json";
    static final String POSITIONS = "application/vnd.imaas.positions+json";
    static final String TASK = "application/vnd.imaas.task";

    private static final String BEGUN = "imaas-begun";
    private static final int PERSISTENT = 2;
    private static final ObjectMapper JSON = new ObjectMapper();

    private record Attributes(
            String specversion,
            String id,
            String source,
            String type,
            String subject,
            String time,
            String tenant,
            Map<String, String> data) {
        static Attributes of(CloudEvent event) {
            return new Attributes(
                    "1.0",
                    event.id(),
                    event.source(),
                    event.type(),
                    event.subject(),
                    event.time().toString(),
                    event.tenant(),
                    event.data());
        }

        CloudEvent event() {
            return new CloudEvent(id, source, type, subject, Instant.parse(time), tenant, data);
        }
    }

    private Wire() {}

    /**
     * @param id by which the sender knows its message again
     * @param begun what the stream's positions begin at; null where it is not known
     */
    static BasicProperties properties(String contentType, String id, Long begun) {
        return new BasicProperties.Builder()
                .contentType(contentType)
                .deliveryMode(PERSISTENT)
                .messageId(id)
                .headers(begun == null ? Map.of() : Map.of(BEGUN, begun))
                .build();
    }

    /** What a message tells its stream's positions to begin at: 0 in one of a version that did not tell; null when it says nothing. */
    static Long begun(BasicProperties properties) {
        return properties.getHeaders().get(BEGUN) instanceof Number told
                ? (Long) told.longValue()
                : isEvents(properties) ? (Long) 0L : null;
    }

    static boolean isEvents(BasicProperties properties) {
        return EVENTS.equals(properties.getContentType());
    }

    static byte[] events(List<CloudEvent> events) {
        return bytes(events.stream().map(Attributes::of).toList());
    }

    static byte[] bytes(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw FailureException.defect("a message can't be written", e);
        }
    }

    /** None of them when somebody else put something else into the stream. */
    static List<CloudEvent> events(BasicProperties properties, byte[] body) {
        if (!isEvents(properties)) {
            return List.of();
        }
        try {
            return JSON.readValue(body, new TypeReference<List<Attributes>>() {}).stream()
                    .map(Attributes::event)
                    .toList();
        } catch (IOException | NullPointerException | DateTimeException foreign) {
            return List.of();
        }
    }

    static Map<String, Long> positions(BasicProperties properties, byte[] body) {
        if (!POSITIONS.equals(properties.getContentType())) {
            return Map.of();
        }
        try {
            return JSON.readValue(body, new TypeReference<Map<String, Long>>() {});
        } catch (IOException foreign) {
            return Map.of();
        }
    }
}
