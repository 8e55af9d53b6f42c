package io.imaas.server.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A kind of sender. A new one is one class and one line in {@link Hooks}. */
public interface Hook {
    /** How one configures the sender, in one line. */
    String configuration();

    /** The header with the sender's own name for a delivery. */
    String idHeader();

    /** The sender's name for this delivery, the same when it is sent again; without one the body's own digest. */
    default String id(Delivery delivery, JsonNode body) {
        return delivery.id(idHeader());
    }

    /** Whether the sender knows the secret. */
    boolean authentic(Delivery delivery, Secret secret);

    /**
     * What it tells; never empty.
     *
     * @throws FailureException INPUT when the body lacks what such a message must have
     */
    List<Fact> facts(Delivery delivery, JsonNode body);

    /**
     * Something that happened, before anybody knows whom it concerns.
     *
     * @param type as of a {@link io.imaas.model.event.CloudEvent}
     * @param subject a repository's URL, an image, or a namespace
     */
    record Fact(String type, String subject, Map<String, String> data) {
        /** A message that nothing here reacts to; kept, so that nobody wonders where it went. */
        static List<Fact> other(String event, String subject) {
            return List.of(new Fact("delivery.received", subject, Map.of("event", event)));
        }
    }

    /** A text of the body. */
    static String required(JsonNode body, String pointer) {
        return optional(body, pointer)
                .orElseThrow(() -> FailureException.input(
                        "the message has no text at " + pointer, "body", "send the event as its server makes it"));
    }

    static Optional<String> optional(JsonNode body, String pointer) {
        JsonNode node = body.at(pointer);
        return node.isValueNode() && !node.isNull() && !node.asText().isEmpty()
                ? Optional.of(node.asText())
                : Optional.empty();
    }
}
