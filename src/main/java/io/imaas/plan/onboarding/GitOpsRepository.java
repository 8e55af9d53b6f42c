package io.imaas.plan.onboarding;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.BranchProtection;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.RepositoryPolicy;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.EnsureProtection;
import io.imaas.plan.step.EnsureRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What becomes of a tenant's GitOps repository on its Git server; nothing where somebody else sees to that. */
final class GitOpsRepository {
    private final RepositoryPolicy policy;

    GitOpsRepository(RepositoryPolicy policy) {
        this.policy = policy;
    }

    Optional<EnsureRepository> itself(Tenant tenant) {
        return policy.managed()
                ? Optional.of(new EnsureRepository(
                        EnsureRepository.ID,
                        tenant.name(),
                        tenant.gitops(),
                        tenant.environments().stream().map(Environment::name).toList()))
                : Optional.empty();
    }

    Optional<EnsureProtection> protection(Tenant tenant) {
        return policy.managed()
                ? Optional.of(new EnsureProtection("protection", tenant.gitops(), branches(tenant), policy.webhook()))
                : Optional.empty();
    }

    /**
     * Where changes come by pull request, the server asks for the reviews as well. Everywhere else people may push: gates
     * look at what they pushed before it runs.
     */
    private static List<BranchProtection> branches(Tenant tenant) {
        List<BranchProtection> branches = new ArrayList<>();
        for (Environment environment : tenant.environments()) {
            branches.add(BranchProtection.reviewed(
                    environment.name().value(),
                    environment.pullRequests() ? environment.approvals().required() : 0,
                    List.of()));
        }
        branches.add(BranchProtection.orchestratorAlone(GitOpsPaths.RENDERED));
        branches.add(BranchProtection.orchestratorAlone(GitOpsPaths.RECORDS.value()));
        return branches;
    }
}
