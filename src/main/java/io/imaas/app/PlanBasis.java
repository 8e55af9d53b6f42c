package io.imaas.app;

import io.imaas.model.image.Digest;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.port.GitRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a plan was made on, as one name. */
final class PlanBasis {
    private PlanBasis() {}

    static String of(TenantWorld world, IntendedPlan plan) {
        List<String> folders = plan.services().isEmpty()
                ? List.of(GitOpsPaths.SERVICES)
                : plan.services().stream().map(GitOpsPaths::folder).toList();
        List<String> parts = new ArrayList<>(List.of(
                plan.plan().title(),
                String.valueOf(plan.request()),
                String.valueOf(plan.actor()),
                world.platform().toString(),
                world.tenant().gitops().value(),
                world.tenant().environments().toString()));
        plan.services().forEach(name -> parts.add(String.valueOf(world.tenant().service(name))));
        GitRepository repository = world.repository();
        Map<BranchName, CommitId> heads = repository.heads(
                world.environments().stream().map(EnvironmentName::branch).toList());
        for (EnvironmentName environment : world.environments()) {
            CommitId head = heads.get(environment.branch());
            if (head != null) {
                folders.forEach(folder -> parts.add(environment + ":" + folder + " "
                        + repository.tree(head, folder).map(TreeHash::value).orElse("nothing")));
            }
        }
        return Digest.of(String.join("\n", parts)).hex();
    }
}
