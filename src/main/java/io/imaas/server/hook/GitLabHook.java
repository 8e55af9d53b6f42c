package io.imaas.server.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.server.hook.Hook.Fact;
import java.util.List;

/** GitLab: it sends the secret itself, so its address must be one of https. */
final class GitLabHook {
    private GitLabHook() {}

    static List<Fact> facts(Delivery delivery, JsonNode body) {
        String event = delivery.header("X-Gitlab-Event");
        return switch (event) {
            case "Push Hook", "Tag Push Hook" ->
                List.of(Fact.moved(
                        Hook.required(body, "/project/git_http_url"),
                        Hook.required(body, "/ref"),
                        Hook.required(body, "/before"),
                        Hook.required(body, "/after"),
                        Hook.optional(body, "/user_username").orElse("")));
            case "Merge Request Hook" ->
                List.of(Fact.pullRequest(
                        verb(body),
                        Hook.required(body, "/project/git_http_url"),
                        Hook.required(body, "/object_attributes/iid"),
                        Hook.required(body, "/object_attributes/target_branch"),
                        Hook.required(body, "/object_attributes/last_commit/id"),
                        Hook.optional(body, "/user/username").orElse("")));
            default ->
                Fact.other(event, Hook.optional(body, "/project/git_http_url").orElse(""));
        };
    }

    private static String verb(JsonNode body) {
        return switch (Hook.optional(body, "/object_attributes/action").orElse("")) {
            case "open", "reopen" -> "opened";
            case "merge" -> "merged";
            case "close" -> "closed";
            default -> "updated";
        };
    }
}
