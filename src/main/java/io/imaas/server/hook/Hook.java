package io.imaas.server.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.BiPredicate;

/**
 * A kind of sender. A new one is a class that reads its messages, and one entry in {@link Hooks}.
 *
 * @param configuration how one configures the sender, in one line
 * @param proof whether the sender knows the secret
 * @param name the sender's name for a delivery, the same when it is sent again
 * @param reading what a delivery tells, never empty; fails with INPUT when the body lacks what such a message must have
 */
public record Hook(
        String configuration,
        BiPredicate<Delivery, Secret> proof,
        BiFunction<Delivery, JsonNode, String> name,
        BiFunction<Delivery, JsonNode, List<Fact>> reading) {
    /**
     * Something that happened, before anybody knows whom it concerns.
     *
     * @param type as of a {@link io.imaas.model.event.CloudEvent}
     * @param subject a repository's URL, an image, or a namespace
     */
    public record Fact(String type, String subject, Map<String, String> data) {
        private static final String BRANCHES = "refs/heads/";
        private static final String TAGS = "refs/tags/";

        /** @param after the new commit; only zeros when the branch or tag is gone */
        static Fact moved(String repository, String ref, String before, String after, String by) {
            boolean tag = ref.startsWith(TAGS);
            String verb = after.chars().allMatch(c -> c == '0') ? "deleted" : "pushed";
            String name = ref.startsWith(BRANCHES)
                    ? ref.substring(BRANCHES.length())
                    : tag ? ref.substring(TAGS.length()) : ref;
            return new Fact(
                    (tag ? "tag." : "branch.") + verb,
                    repository,
                    Map.of(tag ? "tag" : "branch", name, "before", before, "after", after, "by", by));
        }

        /** @param verb opened, updated, merged or closed */
        static Fact pullRequest(String verb, String repository, String number, String target, String head, String by) {
            return new Fact(
                    "pull-request." + verb,
                    repository,
                    Map.of("number", number, "branch", target, "head", head, "by", by));
        }

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
