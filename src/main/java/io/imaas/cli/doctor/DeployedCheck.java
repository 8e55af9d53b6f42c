package io.imaas.cli.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.port.GitRepository;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Whether an environment's manifests still hold all that Argo CD deployed from them. Nothing in Git tells of branches that
 * were put back all at once; Argo CD remembers what it deployed, where no push reaches.
 *
 * @param repository the tenant's GitOps repository
 */
record DeployedCheck(ArgoCdServer argoCd, Tenant tenant, GitRepository repository) implements Supplier<CheckResult> {
    @Override
    public CheckResult get() {
        List<String> lost = new ArrayList<>();
        List<String> fixes = new ArrayList<>();
        int held = 0;
        for (Environment environment : tenant.environments()) {
            BranchName branch = GitOpsPaths.rendered(environment.name());
            Optional<CommitId> tip = repository.head(branch);
            for (Map.Entry<CommitId, String> deployed :
                    deployed(environment.name(), branch).entrySet()) {
                CommitId commit = deployed.getKey();
                if (tip.filter(head -> repository.contains(head, commit)).isPresent()) {
                    held++;
                } else {
                    lost.add(
                            branch + " does not hold " + commit + ", which Argo CD deployed at " + deployed.getValue());
                    fixes.add("git push --force " + tenant.gitops() + " " + commit + ":refs/heads/" + branch);
                }
            }
        }
        if (lost.isEmpty()) {
            return held == 0
                    ? CheckResult.skipped(
                            "Argo CD tells of no deployment from rendered/*",
                            "release a service, or give the token the right to get the tenant's applications")
                    : CheckResult.ok("the manifests' branches hold " + held + " commits that Argo CD deployed");
        }
        return CheckResult.fail(
                "somebody put branches back, and perhaps records of approvals and refusals with them\n"
                        + String.join("\n", lost),
                "find out who pushed by force; then, from a clone that has them, the newest of each branch: "
                        + String.join("\n", fixes));
    }

    /** When each commit of a branch was deployed, as far as Argo CD remembers: the last ten of each application. */
    private Map<CommitId, String> deployed(EnvironmentName environment, BranchName branch) {
        String project = tenant.namespace(environment);
        Map<CommitId, String> deployed = new LinkedHashMap<>();
        // Argo CD's list knows no field for the history (forwarder_overwrite.go), and whole applications are long.
        for (JsonNode application : told(environment, "?projects=" + project + "&fields=items.metadata.name")
                .path("items")) {
            String name = application.at("/metadata/name").asText();
            for (JsonNode entry :
                    told(environment, "/" + name + "?project=" + project).at("/status/history")) {
                JsonNode source = entry.path("source");
                String revision = entry.path("revision").asText();
                if (source.path("repoURL").asText().equals(tenant.gitops().value())
                        && source.path("targetRevision").asText().equals(branch.value())
                        && revision.matches("[0-9a-f]{40}")) {
                    deployed.put(
                            new CommitId(revision), entry.path("deployedAt").asText());
                }
            }
        }
        return deployed;
    }

    private JsonNode told(EnvironmentName environment, String what) {
        return argoCd.told("applications" + what, "applications in " + environment, "imaas onboard " + tenant.name());
    }
}
