package io.imaas.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import io.imaas.port.GitRepository;
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
 * @param unsigned the tenant's GitOps repository, in which commits stay unsigned
 */
record SignedSourceCheck(ArgoCdServer argoCd, Tenant tenant, GitRepository unsigned) implements Supplier<CheckResult> {
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
        JsonNode checks = argoCd.told(
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
}
