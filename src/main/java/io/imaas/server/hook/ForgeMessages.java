package io.imaas.server.hook;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.server.hook.Hook.Fact;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

/**
 * Where the messages of GitHub, Gitea and Forgejo, or of GitLab, have what: JSON pointers into their bodies.
 *
 * @param by who did it, in any of these places
 * @param action what happened to a pull request
 * @param verbs what its words mean here; all others are an update
 */
record ForgeMessages(
        String repository,
        List<String> by,
        String number,
        String target,
        String head,
        String action,
        Map<String, String> verbs) {
    static final ForgeMessages GITHUB = new ForgeMessages(
            "/repository/clone_url",
            List.of("/sender/login"),
            "/pull_request/number",
            "/pull_request/base/ref",
            "/pull_request/head/sha",
            "/action",
            Map.of("opened", "opened", "reopened", "opened", "closed", "closed"));
    static final ForgeMessages GITLAB = new ForgeMessages(
            "/project/git_http_url",
            List.of("/user_username", "/user/username"),
            "/object_attributes/iid",
            "/object_attributes/target_branch",
            "/object_attributes/last_commit/id",
            "/object_attributes/action",
            Map.of("open", "opened", "reopen", "opened", "merge", "merged", "close", "closed"));

    /** @param header names the kind of event */
    BiFunction<Delivery, JsonNode, List<Fact>> under(String header) {
        return (delivery, body) -> facts(delivery.header(header), body);
    }

    private List<Fact> facts(String event, JsonNode body) {
        return switch (event) {
            case "push", "Push Hook", "Tag Push Hook" ->
                List.of(Fact.moved(
                        Hook.required(body, repository),
                        Hook.required(body, "/ref"),
                        Hook.required(body, "/before"),
                        Hook.required(body, "/after"),
                        by(body)));
            case "pull_request", "Merge Request Hook" ->
                List.of(Fact.pullRequest(
                        verb(body),
                        Hook.required(body, repository),
                        Hook.required(body, number),
                        Hook.required(body, target),
                        Hook.required(body, head),
                        by(body)));
            default -> Fact.other(event, Hook.optional(body, repository).orElse(""));
        };
    }

    private String verb(JsonNode body) {
        String word = verbs.getOrDefault(Hook.optional(body, action).orElse(""), "updated");
        // GitHub closes what it merges.
        return word.equals("closed") && body.at("/pull_request/merged").asBoolean() ? "merged" : word;
    }

    private String by(JsonNode body) {
        return by.stream()
                .flatMap(place -> Hook.optional(body, place).stream())
                .findFirst()
                .orElse("");
    }
}
