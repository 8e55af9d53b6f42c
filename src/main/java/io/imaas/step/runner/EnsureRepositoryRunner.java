package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.BranchProtection;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.ForgeRight;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Previews;
import io.imaas.plan.step.EnsureGitOps;
import io.imaas.plan.step.EnsureRepository;
import io.imaas.port.GitRepository;
import io.imaas.port.RepositorySetup;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.run.StepRunner;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes the tenant's GitOps repository, or sees that the one that is there is this tenant's.
 *
 * @param server empty where it only speaks Git
 * @param adopts whether a repository with something else in it may be taken over
 */
public record EnsureRepositoryRunner(
        GitRepository repository, Supplier<Optional<RepositorySetup>> server, boolean adopts)
        implements StepRunner<EnsureRepository> {
    /** How many of a branch's newest commits are searched for the orchestrator's own. */
    private static final int LOOK_BACK = 20;

    /** Whether the run made the repository: then it is taken back as a whole. */
    static boolean made(StepContext context) {
        return context.outcome(EnsureRepository.ID).stream()
                .flatMap(outcome -> outcome.effects().stream())
                .anyMatch(effect -> effect.kind() == Effect.Kind.CREATED);
    }

    @Override
    public Outcome run(EnsureRepository step, StepContext context) {
        Optional<RepositorySetup> setup = server.get();
        if (setup.isEmpty()) {
            return Outcome.skipped(
                    "its server only speaks Git: make it and protect its branches by that server's means");
        }
        Effect effect = setup.get().create("GitOps of tenant " + step.tenant());
        if (!effect.isChange()) {
            requireRights(step, setup.get());
            requireOurs(step, setup.get().branches());
        }
        return Outcome.done(null, List.of(effect));
    }

    /** A token's rights are asked for only while something is left to do with them. */
    private static void requireRights(EnsureRepository step, RepositorySetup setup) {
        if (setup.gaps(BranchProtection.orchestratorAlone(GitOpsPaths.RENDERED)).isEmpty()) {
            return;
        }
        List<String> missing = setup.rights().stream()
                .filter(right -> !right.held())
                .map(ForgeRight::advice)
                .toList();
        if (!missing.isEmpty()) {
            throw FailureException.policy(
                    "our token may not do all that is needed here",
                    step.url().toString(),
                    "give it: " + String.join("; ", missing)
                            + "; or leave the repository to others: 'gitopsRepositories: {managed: false}' in"
                            + " platform.yaml");
        }
    }

    private void requireOurs(EnsureRepository step, List<String> branches) {
        List<BranchName> known = step.environments().stream()
                .map(EnvironmentName::branch)
                .filter(branch -> branches.contains(branch.value()))
                .toList();
        Set<String> tenants = new TreeSet<>();
        for (BranchName branch : known) {
            repository.history(branch, "", LOOK_BACK).stream()
                    .flatMap(commit -> Optional.ofNullable(commit.trailers().get(Trailers.TENANT)).stream())
                    .forEach(tenants::add);
            // Each branch costs questions to the server, and no other one can tell more than this.
            if (tenants.contains(step.tenant().value())) {
                return;
            }
        }
        if (!tenants.isEmpty()) {
            throw FailureException.policy(
                    "the repository is another tenant's: " + String.join(", ", tenants),
                    step.url().toString(),
                    "name a repository of " + step.tenant() + "'s own in tenants/" + step.tenant() + ".yaml (gitops)");
        }
        boolean ours = branches.isEmpty() || known.stream().anyMatch(this::hasServices);
        if (!ours && !adopts) {
            throw FailureException.policy(
                    "the repository was not made by this platform and is not empty (branches "
                            + String.join(", ", branches) + ")",
                    step.url().toString(),
                    "name an empty one, or one that is not there yet; or add the environments' branches to this one: imaas"
                            + " onboard " + step.tenant() + " --adopt");
        }
    }

    private boolean hasServices(BranchName branch) {
        return repository
                .head(branch)
                .flatMap(tip -> repository.tree(tip, "services"))
                .isPresent();
    }

    /** Only while nobody else built on it. */
    @Override
    public Outcome undo(EnsureRepository step, Outcome ended, StepContext context) {
        Effect made = ended.effects().get(0);
        if (made.kind() != Effect.Kind.CREATED) {
            return Outcome.done(null, List.of());
        }
        RepositorySetup setup = server.get().orElseThrow();
        Map<BranchName, CommitId> ours = landed(step, context);
        for (String name : setup.branches()) {
            BranchName branch = new BranchName(name);
            if (!repository.head(branch).equals(Optional.ofNullable(ours.get(branch)))) {
                return new Outcome.Succeeded(
                        null,
                        List.of(),
                        List.of(Problem.warning(
                                "remains",
                                Location.of(made.name()),
                                "somebody else pushed to its branch " + branch + " meanwhile",
                                "nothing to do: the next run goes on from there")));
            }
        }
        return Outcome.done(null, List.of(setup.remove()));
    }

    private static Map<BranchName, CommitId> landed(EnsureRepository step, StepContext context) {
        Map<BranchName, CommitId> commits = new HashMap<>();
        Stream.concat(step.environments().stream(), Stream.of(Previews.SPACE))
                .flatMap(environment -> context.outcome(EnsureGitOps.id(environment)).stream())
                .flatMap(outcome -> outcome.handedOver().stream())
                .forEach(landed -> commits.putAll(((StepOutput.BranchesLanded) landed).commits()));
        return commits;
    }
}
