package io.imaas.cli.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.CheckResult;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;

/** Whether Argo CD answers, knows our token, and lets it do what a run does. */
final class ArgoCdCheck implements Check {
    private static final String NAME = "Argo CD";
    /** Resource and action, as Argo CD's RBAC names them; what a rollout and an onboarding need. */
    private static final List<String> NEEDED = List.of(
            "applications/get",
            "applications/sync",
            "applications/create",
            "applications/update",
            "projects/get",
            "projects/create");

    private final String server;
    private final String tokenVariable;
    private final Secret token;
    private final Web web;

    /** @param token null when the variable is empty */
    ArgoCdCheck(URI server, String tokenVariable, Secret token, Web web) {
        this.server = server.toString().replaceFirst("/+$", "");
        this.tokenVariable = tokenVariable;
        this.token = token;
        this.web = web;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public CheckResult look() {
        if (token == null) {
            return CheckResult.fail(
                    NAME, "there is no token in " + tokenVariable, "set it to a token of a project role or an account");
        }
        HttpResponse<String> user = ask("/api/v1/session/userinfo");
        if (user.statusCode() != 200 || !field(user, "loggedIn").equals("true")) {
            return CheckResult.fail(
                    NAME,
                    server + " answers, but refuses the token in " + tokenVariable + " (" + user.statusCode() + ")",
                    "make a new one: it may have expired, or belong to another server");
        }
        List<String> refused = new ArrayList<>();
        for (String right : NEEDED) {
            HttpResponse<String> answer = ask("/api/v1/account/can-i/" + right + "/*");
            if (answer.statusCode() != 200 || !field(answer, "value").equals("yes")) {
                refused.add(right);
            }
        }
        String who = field(user, "username");
        // A project role's token has its rights in its project alone, and is asked here about all of them.
        return refused.isEmpty()
                ? CheckResult.ok(NAME, server + " knows us as " + who + ", with all rights")
                : CheckResult.warn(
                        NAME,
                        server + " knows us as " + who + ", without these rights on all projects: "
                                + String.join(", ", refused),
                        "fine for a token of one project's role; otherwise add them to the account's policy");
    }

    private HttpResponse<String> ask(String path) {
        return web.get(URI.create(server + path), "Bearer", token);
    }

    private String field(HttpResponse<String> answer, String name) {
        try {
            return new ObjectMapper().readTree(answer.body()).path(name).asText();
        } catch (JsonProcessingException e) {
            throw FailureException.external(
                    "what answers is no Argo CD: it speaks no JSON",
                    server,
                    "give the address of Argo CD's API server, without a path",
                    (Throwable) null);
        }
    }
}
