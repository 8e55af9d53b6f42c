package io.imaas.server.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.server.hook.Hook.Fact;
import java.util.List;

/** GitHub, and Gitea and Forgejo, which speak like it under other headers. */
final class GitHubHook {
    private GitHubHook() {}

    /** @param event the header that names the kind of event */
    static List<Fact> facts(String event, JsonNode body) {
        return switch (event) {
            case "push" ->
                List.of(Fact.moved(
                        Hook.required(body, "/repository/clone_url"),
                        Hook.required(body, "/ref"),
                        Hook.required(body, "/before"),
                        Hook.required(body, "/after"),
                        by(body)));
            case "pull_request" ->
                List.of(Fact.pullRequest(
                        verb(body),
                        Hook.required(body, "/repository/clone_url"),
                        Hook.required(body, "/pull_request/number"),
                        Hook.required(body, "/pull_request/base/ref"),
                        Hook.required(body, "/pull_request/head/sha"),
                        by(body)));
            default ->
                Fact.other(event, Hook.optional(body, "/repository/clone_url").orElse(""));
        };
    }

    private static String verb(JsonNode body) {
        String action = Hook.required(body, "/action");
        return switch (action) {
            case "closed" -> body.at("/pull_request/merged").asBoolean() ? "merged" : "closed";
            case "opened", "reopened" -> "opened";
            default -> "updated";
        };
    }

    private static String by(JsonNode body) {
        return Hook.optional(body, "/sender/login").orElse("");
    }
}
