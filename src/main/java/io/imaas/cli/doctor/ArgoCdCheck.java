package io.imaas.cli.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.failure.FailureException;
import io.imaas.report.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Whether Argo CD answers, knows our token, and lets it do what a run does.
 *
 * @param project of a tenant's environment: Argo CD answers about one application of one project, and never about all
 */
record ArgoCdCheck(ArgoCdServer argoCd, String project) implements Supplier<CheckResult> {
    /** The lines that the documentation tells administrators to add: what is documented and what is checked is one file. */
    private static final String POLICY = "/rbac/argocd.csv";

    @Override
    public CheckResult get() {
        if (argoCd.token() == null) {
            return CheckResult.fail(
                    "there is no token", "set IMAAS_ARGOCD_TOKEN to a token of a project role or an account");
        }
        Web.Answer user = argoCd.ask("session/userinfo");
        if (user.statusCode() != 200 || !field(user, "loggedIn").equals("true")) {
            return CheckResult.fail(
                    argoCd.address() + " answers, but refuses the token (" + user.statusCode() + ")",
                    "make a new one: it may have expired, or belong to another server");
        }
        List<String> refused = new ArrayList<>();
        for (String[] right : rights()) {
            Web.Answer answer = argoCd.ask("account/can-i/" + right[0] + "/" + right[1] + "/" + object(right[0]));
            if (answer.statusCode() != 200 || !field(answer, "value").equals("yes")) {
                refused.add(right[0] + " " + right[1]);
            }
        }
        String who = field(user, "username");
        return refused.isEmpty()
                ? CheckResult.ok(argoCd.address() + " knows us as " + who + ", with all rights in project " + project)
                : CheckResult.warn(
                        argoCd.address() + " knows us as " + who + ", without these rights in project " + project + ": "
                                + String.join(", ", refused),
                        "fine for a token of one project's role; otherwise add the lines of docs/rights.md");
    }

    /** Resource and action of each line. */
    private static List<String[]> rights() {
        return Resource.text(POLICY)
                .lines()
                .filter(line -> line.startsWith("p, "))
                .map(line -> line.split(", "))
                .map(line -> new String[] {line[2], line[3]})
                .toList();
    }

    private String object(String resource) {
        return switch (resource) {
            case "applications", "logs" -> project + "/any";
            case "projects" -> project;
            default -> "*";
        };
    }

    private String field(Web.Answer answer, String name) {
        try {
            return BoundedJson.mapper().readTree(answer.body()).path(name).asText();
        } catch (JsonProcessingException e) {
            throw FailureException.external(
                    "what answers is not Argo CD: it speaks no JSON",
                    argoCd.address().toString(),
                    "give the address of Argo CD's API server, without a path",
                    (Throwable) null);
        }
    }
}
