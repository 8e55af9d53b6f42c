package io.imaas.server.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.model.failure.FailureException;
import io.imaas.server.hook.Hook.Fact;
import java.util.List;
import java.util.stream.StreamSupport;

/** Bitbucket Data Center. One push may move many branches. */
final class BitbucketHook {
    private BitbucketHook() {}

    static List<Fact> facts(Delivery delivery, JsonNode body) {
        String event = delivery.header("X-Event-Key");
        return switch (event) {
            case "repo:refs_changed" -> pushes(body);
            case "pr:opened" -> pullRequest("opened", body);
            case "pr:merged" -> pullRequest("merged", body);
            case "pr:declined", "pr:deleted" -> pullRequest("closed", body);
            case "pr:modified", "pr:from_ref_updated" -> pullRequest("updated", body);
            default -> Fact.other(event, "");
        };
    }

    private static List<Fact> pushes(JsonNode body) {
        String repository = url(body.at("/repository"));
        String by = Hook.optional(body, "/actor/name").orElse("");
        List<Fact> moved = StreamSupport.stream(body.at("/changes").spliterator(), false)
                .map(change -> Fact.moved(
                        repository,
                        Hook.required(change, "/ref/id"),
                        Hook.required(change, "/fromHash"),
                        Hook.required(change, "/toHash"),
                        by))
                .toList();
        return moved.isEmpty() ? Fact.other("repo:refs_changed", repository) : moved;
    }

    private static List<Fact> pullRequest(String verb, JsonNode body) {
        return List.of(Fact.pullRequest(
                verb,
                url(body.at("/pullRequest/toRef/repository")),
                Hook.required(body, "/pullRequest/id"),
                Hook.required(body, "/pullRequest/toRef/displayId"),
                Hook.required(body, "/pullRequest/fromRef/latestCommit"),
                Hook.optional(body, "/actor/name").orElse("")));
    }

    private static String url(JsonNode repository) {
        return StreamSupport.stream(repository.at("/links/clone").spliterator(), false)
                .map(link -> link.path("href").asText())
                .filter(href -> href.contains("://"))
                .findFirst()
                .orElseThrow(() -> FailureException.input(
                        "the message names no address of its repository",
                        "body: repository.links.clone",
                        "send the event as Bitbucket makes it"));
    }
}
