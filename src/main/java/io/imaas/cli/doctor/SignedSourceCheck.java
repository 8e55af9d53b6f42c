package io.imaas.cli.doctor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.adapter.web.BoundedJson;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import io.imaas.port.GitRepository;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/**
 * Whether Argo CD itself refuses a commit that nobody signed on a rendered branch, and accepts the one that runs. An unsigned
 * commit is pushed to a branch of its own, from which nothing runs and which is removed again; Argo CD is asked about it.
 *
 * @param server Argo CD's address
 * @param unsigned the tenant's GitOps repository, in which commits stay unsigned
 */
record SignedSourceCheck(URI server, Secret token, Web web, Tenant tenant, GitRepository unsigned)
        implements Supplier<CheckResult> {
    private static final String IMPORT =
            "argocd gpg add --from FILE, with the public key that 'gpg' in platform.yaml names";

    @Override
    public CheckResult get() {
        BranchName branch = new BranchName(GitOpsPaths.RENDERED.replace("*", "imaas-doctor-" + UUID.randomUUID()));
        CommitId pushed = unsigned.land(Change.of(
                        branch,
                        "A commit without a signature, pushed by imaas doctor",
                        List.of(FileEdit.text("README.md", "This branch may be removed.\n"))))
                .commit();
        try {
            return asked(pushed);
        } finally {
            unsigned.removeBranch(branch, pushed);
        }
    }

    private CheckResult asked(CommitId pushed) {
        List<String> refusing = new ArrayList<>();
        List<String> open = new ArrayList<>();
        List<String> stuck = new ArrayList<>();
        for (EnvironmentName environment :
                tenant.environments().stream().map(one -> one.name()).toList()) {
            Optional<Service> service = tenant.services().stream()
                    .filter(one -> one.environments().contains(environment))
                    .findFirst();
            if (service.isEmpty()) {
                continue;
            }
            if (problems(service.get(), environment, pushed).isEmpty()) {
                open.add(environment.value());
                continue;
            }
            refusing.add(environment.value());
            unsigned.head(GitOpsPaths.rendered(environment))
                    .map(tip -> problems(service.get(), environment, tip))
                    .filter(problems -> !problems.isEmpty())
                    .ifPresent(problems -> stuck.add(environment + ": " + String.join("; ", problems)));
        }
        if (!open.isEmpty()) {
            return CheckResult.fail(
                    "Argo CD accepts a commit without a signature in " + String.join(", ", open),
                    "imaas onboard " + tenant.name() + "; and remove ARGOCD_GPG_ENABLED=false from Argo CD");
        }
        if (!stuck.isEmpty()) {
            return CheckResult.fail(
                    "Argo CD refuses what is to run: " + String.join("\n", stuck),
                    IMPORT
                            + "; after a change of keys the next release of any service in the environment is signed anew");
        }
        return refusing.isEmpty()
                ? CheckResult.skipped("there is no service yet whose commits could be checked", "register a service")
                : CheckResult.ok("Argo CD refused a commit without a signature in " + String.join(", ", refusing)
                        + ", and accepts what runs");
    }

    /** What Argo CD finds wrong about the signature of a commit; nothing where it checks none. */
    private List<String> problems(Service service, EnvironmentName environment, CommitId commit) {
        String project = tenant.namespace(environment);
        JsonNode checks = answer(
                        web,
                        server,
                        token,
                        "applications/" + tenant.application(service.name(), environment) + "/revisions/" + commit
                                + "/metadata?project=" + project,
                        "commits of " + service.name() + " in " + environment,
                        "imaas onboard " + tenant.name() + ", which makes the application; then run this again")
                .at("/sourceIntegrityResult/Checks");
        return StreamSupport.stream(checks.spliterator(), false)
                .flatMap(check -> StreamSupport.stream(check.path("Problems").spliterator(), false))
                .map(JsonNode::asText)
                .toList();
    }

    /**
     * What Argo CD's API says.
     *
     * @param about what it is asked about, for people
     * @param fix what may help when it does not tell
     */
    static JsonNode answer(Web web, URI server, Secret token, String path, String about, String fix) {
        Web.Answer answer =
                web.get(URI.create(server.toString().replaceFirst("/+$", "") + "/api/v1/" + path), "Bearer", token);
        if (answer.statusCode() != 200) {
            throw FailureException.external(
                    "Argo CD does not tell about " + about + ": " + answer.statusCode(),
                    server.toString(),
                    fix,
                    (Throwable) null);
        }
        try {
            return BoundedJson.mapper().readTree(answer.body());
        } catch (JsonProcessingException e) {
            throw FailureException.external(
                    "Argo CD's answer is no JSON", server.toString(), "give the address of its API server", e);
        }
    }
}
