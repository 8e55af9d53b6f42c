package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Effect.FieldChange;
import io.imaas.model.failure.FailureException;
import io.imaas.model.kubernetes.Manifests;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Environment;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.EnsureGitOps;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import io.imaas.port.GitRepository;
import io.imaas.port.GitRepository.Landed;
import io.imaas.port.RepositorySetup;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.run.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes environments' branches with the files that are not there yet: all of them, with the branches of their manifests, in one
 * push. Branches that begin together begin with the same commit.
 *
 * @param server which says where it looks for reviewers; empty where it looks nowhere
 * @param landings how what ran before lands with its manifests
 * @param writes false in a dry run, in which a repository that is to be made can't be asked
 */
public record EnsureGitOpsRunner(
        Tenant tenant,
        GitRepository repository,
        Supplier<Optional<RepositorySetup>> server,
        Landings landings,
        boolean writes)
        implements StepRunner<EnsureGitOps> {
    /** What was seen when the plan was made is recent enough; a branch that moved since then refuses the push. */
    private static final Duration RECENT = Duration.ofMinutes(1);

    @Override
    public Outcome run(EnsureGitOps step, StepContext context) {
        if (!writes && EnsureRepositoryRunner.made(context)) {
            return Outcome.done(
                    null,
                    step.environments().stream()
                            .map(environment -> Effect.created("GitOps", name(environment), step.content()))
                            .toList());
        }
        Map<BranchName, CommitId> seen = look(tenant, repository);
        List<Change> changes = new ArrayList<>();
        for (EnvironmentName environment : step.environments()) {
            Optional<CommitId> before = Optional.ofNullable(seen.get(environment.branch()));
            Set<ServiceName> released = released(before);
            if (!released.containsAll(step.manifests().keySet())) {
                return kept(step, environment, seen, released);
            }
            changes.addAll(changes(step, environment, seen, emptyManifests(environment, released)));
        }
        Map<BranchName, Landed> landed = new HashMap<>();
        List<Landed> all = changes.isEmpty() ? List.of() : repository.land(changes);
        for (int i = 0; i < all.size(); i++) {
            landed.put(changes.get(i).branch(), all.get(i));
        }
        return done(step, seen, landed);
    }

    /** What an environment's branch lacks and that of its manifests; nothing where nothing is missing. */
    private List<Change> changes(
            EnsureGitOps step, EnvironmentName environment, Map<BranchName, CommitId> seen, List<FileEdit> empty) {
        CommitId before = seen.get(environment.branch());
        List<FileEdit> edits = edits(step, before == null);
        BranchName rendered = GitOpsPaths.rendered(environment);
        if (before != null && holds(before, edits) && holds(seen.get(rendered), empty)) {
            return List.of();
        }
        Change wanted = prepared(step, environment, seen, edits);
        return empty.isEmpty()
                ? List.of(wanted)
                : List.of(wanted, Change.of(rendered, wanted.subject(), empty).withTrailers(wanted.trailers()));
    }

    private Change prepared(
            EnsureGitOps step, EnvironmentName environment, Map<BranchName, CommitId> seen, List<FileEdit> edits) {
        List<EnvironmentName> beginning = step.environments().stream()
                .filter(each -> !seen.containsKey(each.branch()) && begunFrom(step, each, seen) == null)
                .toList();
        boolean together = beginning.size() > 1 && beginning.contains(environment);
        String subject = together
                ? "Prepare environments "
                        + beginning.stream().map(EnvironmentName::value).collect(Collectors.joining(", "))
                : "Prepare environment " + environment;
        return Change.of(environment.branch(), subject, edits)
                .withTrailers(
                        together
                                ? Trailers.NONE
                                        .with(Trailers.TENANT, step.tenant().value())
                                        .lines()
                                : trailers(step, environment))
                .carrying(seen.containsKey(environment.branch()) ? null : begunFrom(step, environment, seen));
    }

    private Outcome done(EnsureGitOps step, Map<BranchName, CommitId> seen, Map<BranchName, Landed> landed) {
        List<Effect> effects = new ArrayList<>();
        Map<BranchName, CommitId> ours = new HashMap<>();
        landed.forEach((branch, there) -> {
            if (there.created()) {
                ours.put(branch, there.commit());
            }
        });
        for (EnvironmentName environment : step.environments()) {
            CommitId before = seen.get(environment.branch());
            boolean changed =
                    ours.containsKey(environment.branch()) || ours.containsKey(GitOpsPaths.rendered(environment));
            effects.add(
                    !changed
                            ? Effect.unchanged("GitOps", name(environment))
                            : before == null
                                    ? Effect.created("GitOps", name(environment), step.content())
                                    : Effect.updated("GitOps", name(environment), "", added(before, step), Map.of()));
        }
        return Outcome.done(new StepOutput.BranchesLanded(ours), effects);
    }

    private static String name(EnvironmentName environment) {
        return "branch " + environment;
    }

    /** What ran before lands together with its manifests, which must come out as people have seen them. */
    private Outcome kept(
            EnsureGitOps step, EnvironmentName environment, Map<BranchName, CommitId> seen, Set<ServiceName> released) {
        Map<ServiceName, String> reviewed = new TreeMap<>(step.manifests());
        tenant.servicesIn(environment).forEach(service -> reviewed.putIfAbsent(service, Manifests.NONE.hash()));
        reviewed.keySet().removeAll(released);
        List<FileEdit> edits = edits(step, !seen.containsKey(environment.branch())).stream()
                .filter(edit -> GitOpsPaths.serviceOf(edit.path())
                        .filter(released::contains)
                        .isEmpty())
                .toList();
        Landings.Placed placed =
                landings.land(prepared(step, environment, seen, edits), environment, Landings.Reviewed.of(reviewed));
        Map<BranchName, Landed> landed = new HashMap<>(Map.of(environment.branch(), placed.wanted()));
        if (placed.rendering()) {
            landed.put(GitOpsPaths.rendered(environment), new Landed(placed.rendered(), true, true));
        }
        return done(step, seen, landed);
    }

    private Set<ServiceName> released(Optional<CommitId> head) {
        return tenant.services().stream()
                .map(Service::name)
                .filter(service -> head.flatMap(tip -> repository.read(tip, GitOpsPaths.release(service)))
                        .isPresent())
                .collect(Collectors.toSet());
    }

    /** @param begins whether the branch is made: what ran before begins with its own release, not the one of the branch before */
    private List<FileEdit> edits(EnsureGitOps step, boolean begins) {
        List<FileEdit> edits = new ArrayList<>();
        Map<String, String> files = files(step);
        files.forEach((path, text) -> edits.add(FileEdit.first(path, text)));
        boolean adopts = tenant.services().stream()
                .anyMatch(service -> !service.adopted().isEmpty());
        if (begins && adopts) {
            tenant.services().stream()
                    .map(service -> GitOpsPaths.release(service.name()))
                    .forEach(path -> {
                        edits.removeIf(edit -> edit.path().equals(path));
                        edits.add(FileEdit.text(path, files.get(path)));
                    });
        }
        return edits;
    }

    /** Whether any of a tenant's branches is there; not where the server is still to make the repository. */
    public static boolean begun(Tenant tenant, GitRepository repository) {
        try {
            return !look(tenant, repository).isEmpty();
        } catch (FailureException e) {
            return false;
        }
    }

    /** All environments' branches at once: one question to the server serves the steps of all of them. */
    private static Map<BranchName, CommitId> look(Tenant tenant, GitRepository repository) {
        return repository.heads(
                tenant.environments().stream()
                        .map(Environment::name)
                        .flatMap(name -> Stream.of(name.branch(), GitOpsPaths.rendered(name)))
                        .toList(),
                RECENT);
    }

    /** Whether a commit has all these files; null: there is none. */
    private boolean holds(CommitId commit, List<FileEdit> edits) {
        if (edits.isEmpty()) {
            return true;
        }
        Set<String> there = commit == null ? Set.of() : Set.copyOf(repository.list(commit, ""));
        return edits.stream().allMatch(edit -> there.contains(edit.path()));
    }

    private Map<String, String> files(EnsureGitOps step) {
        Map<String, String> files = new TreeMap<>(step.files());
        if (files.containsKey(GitOpsPaths.OWNERS)) {
            server.get().ifPresent(forge -> files.put(forge.ownersFile(), files.remove(GitOpsPaths.OWNERS)));
        }
        return files;
    }

    private List<FieldChange> added(CommitId before, EnsureGitOps step) {
        Set<String> there = Set.copyOf(repository.list(before, ""));
        return files(step).keySet().stream()
                .filter(path -> !there.contains(path))
                .map(path -> new FieldChange(path, "", "first content"))
                .toList();
    }

    @Override
    public Outcome undo(EnsureGitOps step, Outcome ended, StepContext context) {
        return EnsureRepositoryRunner.made(context)
                ? Outcome.done(null, List.of())
                : new PreparedBranches(
                                step,
                                repository,
                                context.output(step.id(), StepOutput.BranchesLanded.class)
                                        .commits())
                        .takeBack(ended.effects());
    }

    static Map<String, String> trailers(EnsureGitOps step, EnvironmentName environment) {
        return Trailers.of(step.tenant(), environment).lines();
    }

    /**
     * A folder for each service, so that its application has something to apply before the first release. A service that
     * has a release gets its manifests by a review of the branch; until then its application finds no folder and leaves
     * everything as it is.
     */
    private List<FileEdit> emptyManifests(EnvironmentName environment, Set<ServiceName> released) {
        if (!tenant.isRendered()) {
            return List.of();
        }
        return tenant.servicesIn(environment).stream()
                .filter(service -> !released.contains(service))
                .map(service -> FileEdit.first(GitOpsPaths.manifests(service), Manifests.NONE.text()))
                .toList();
    }

    /** The nearest environment before this one that has a branch. */
    private static CommitId begunFrom(EnsureGitOps step, EnvironmentName environment, Map<BranchName, CommitId> seen) {
        List<EnvironmentName> path = new ArrayList<>();
        if (step.after() != null) {
            path.add(step.after());
        }
        path.addAll(step.environments().subList(0, step.environments().indexOf(environment)));
        CommitId from = null;
        for (EnvironmentName before : path) {
            from = seen.getOrDefault(before.branch(), from);
        }
        return from;
    }
}
