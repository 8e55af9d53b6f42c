package io.imaas.cli.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.CheckResult;
import java.net.URI;
import java.net.http.HttpResponse;

/** Whether GitHub lets our token read a repository and open pull requests there. */
final class GitHubCheck implements Check {
    private static final String NAME = "GitHub";

    private final URI repository;
    private final Secret token;
    private final Web web;

    /**
     * @param api GitHub's REST API, {@code https://api.github.com} or {@code https://<server>/api/v3}
     * @param name {@code owner/repository}
     */
    GitHubCheck(URI api, String name, Secret token, Web web) {
        this.repository = URI.create(api.toString().replaceFirst("/+$", "") + "/repos/" + name);
        this.token = token;
        this.web = web;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CheckResult look() {
        HttpResponse<String> answer = web.get(repository, "Bearer", token);
        return switch (answer.statusCode()) {
            case 200 -> rights(answer.body());
            case 401 -> CheckResult.fail(NAME, "the token is refused", "make a new one: it may have expired");
            case 403, 429 ->
                CheckResult.fail(
                        NAME,
                        "GitHub refuses (" + answer.statusCode() + "): no right, or the rate limit is used up",
                        "check the token's rights and its organisation's SSO, or wait an hour");
            case 404 ->
                CheckResult.fail(
                        NAME,
                        repository + " is not there, or not for " + (token == null ? "the public" : "our token"),
                        "check the name, and give the token access to the repository");
            default -> CheckResult.fail(NAME, "GitHub said " + answer.statusCode(), "look at its status page");
        };
    }

    private CheckResult rights(String body) {
        JsonNode permissions;
        try {
            permissions = new ObjectMapper().readTree(body).path("permissions");
        } catch (JsonProcessingException e) {
            return CheckResult.fail(NAME, repository + " speaks no JSON", "check the address of the API");
        }
        if (!permissions.path("push").asBoolean()) {
            return CheckResult.fail(
                    NAME,
                    "our token may read " + repository + " and not write",
                    "give it the rights contents: write, pull requests: write and statuses: write");
        }
        return CheckResult.ok(NAME, "our token may read and write " + repository);
    }
}
