package io.imaas.app;

import io.imaas.model.image.Digest;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.port.GitRepository;
import java.util.ArrayList;
import java.util.List;

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
        for (EnvironmentName environment : world.environments()) {
            repository
                    .head(environment.branch())
                    .ifPresent(head -> folders.forEach(folder -> parts.add(environment + ":" + folder + " "
                            + repository.tree(head, folder).map(TreeHash::value).orElse("nothing"))));
        }
        return Digest.of(String.join("\n", parts)).hex();
    }
}
