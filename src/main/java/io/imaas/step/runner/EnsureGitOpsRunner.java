package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Effect.FieldChange;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
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
import io.imaas.port.Commit;
import io.imaas.port.FileEdit;
import io.imaas.port.GitRepository;
import io.imaas.port.GitRepository.Landed;
import io.imaas.port.Precondition;
import io.imaas.port.RepositorySetup;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import io.imaas.run.StepRunner;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Makes an environment's branch with the files that are not there yet.
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
                    List.of(Effect.created(
                            "GitOps",
                            "branch " + step.environment(),
                            step.files().size() + " files")));
        }
        Map<BranchName, CommitId> seen = look(tenant, repository);
        Optional<CommitId> before =
                Optional.ofNullable(seen.get(step.environment().branch()));
        Set<ServiceName> released = released(before);
        List<FileEdit> edits = edits(step, before.isEmpty());
        List<FileEdit> empty = emptyManifests(step.environment(), released);
        if (before.isPresent()
                && holds(before, edits)
                && holds(Optional.ofNullable(seen.get(GitOpsPaths.rendered(step.environment()))), empty)) {
            return Outcome.done(
                    new StepOutput.ChangeLanded(before.get(), null, null),
                    List.of(Effect.unchanged("GitOps", "branch " + step.environment())));
        }
        String subject = "Prepare environment " + step.environment();
        List<Change> changes = new ArrayList<>();
        changes.add(Change.of(step.environment().branch(), subject, edits)
                .withTrailers(trailers(step))
                .carrying(before.isPresent() ? null : begunFrom(step, seen)));
        if (!released.containsAll(step.manifests().keySet())) {
            return kept(step, changes.get(0), before, released);
        }
        if (!empty.isEmpty()) {
            changes.add(Change.of(GitOpsPaths.rendered(step.environment()), subject, empty)
                    .withTrailers(trailers(step)));
        }
        List<Landed> all = repository.land(changes);
        return done(
                step,
                before,
                all.get(0),
                edits.size(),
                all.size() == 1 || !all.get(1).created() ? null : all.get(1).commit());
    }

    private Outcome done(EnsureGitOps step, Optional<CommitId> before, Landed landed, int files, CommitId rendered) {
        String name = "branch " + step.environment();
        Effect effect = !landed.created()
                ? Effect.unchanged("GitOps", name)
                : before.isEmpty()
                        ? Effect.created("GitOps", name, files + " files")
                        : Effect.updated("GitOps", name, "", added(before.get(), step), Map.of());
        return Outcome.done(new StepOutput.ChangeLanded(landed.commit(), null, rendered), List.of(effect));
    }

    /** What ran before lands together with its manifests, which must come out as people have seen them. */
    private Outcome kept(EnsureGitOps step, Change whole, Optional<CommitId> before, Set<ServiceName> released) {
        Map<ServiceName, String> reviewed = new TreeMap<>(step.manifests());
        tenant.servicesIn(step.environment()).forEach(service -> reviewed.putIfAbsent(service, Manifests.NONE.hash()));
        reviewed.keySet().removeAll(released);
        List<FileEdit> edits = whole.edits().stream()
                .filter(edit -> GitOpsPaths.serviceOf(edit.path())
                        .filter(released::contains)
                        .isEmpty())
                .toList();
        Landings.Placed placed = landings.land(whole.with(edits), step.environment(), Landings.Reviewed.of(reviewed));
        return done(step, before, placed.wanted(), edits.size(), placed.rendering() ? placed.rendered() : null);
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

    /** Whether a commit has all these files. */
    private boolean holds(Optional<CommitId> commit, List<FileEdit> edits) {
        if (edits.isEmpty()) {
            return true;
        }
        Set<String> there =
                commit.map(tip -> Set.copyOf(repository.list(tip, ""))).orElse(Set.of());
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

    /** A new branch goes, and on one that was there a commit takes the files away; but not what others built on it. */
    @Override
    public Outcome undo(EnsureGitOps step, Outcome ended, StepContext context) {
        if (EnsureRepositoryRunner.made(context)) {
            return Outcome.done(null, List.of());
        }
        StepOutput.ChangeLanded landed = context.output(step.id(), StepOutput.ChangeLanded.class);
        CommitId ours = landed.commit();
        BranchName branch = step.environment().branch();
        Effect made = ended.effects().get(0);
        try {
            if (landed.rendered() != null) {
                takeBackRendered(step, landed.rendered());
            }
            if (made.kind() == Effect.Kind.CREATED) {
                return Outcome.done(
                        null,
                        repository.removeBranch(branch, ours)
                                ? List.of(Effect.deleted(made.type(), made.name(), ""))
                                : List.of());
            }
            List<FileEdit> edits = made.fields().stream()
                    .map(added -> FileEdit.removal(added.field(), files(step).get(added.field())))
                    .toList();
            repository.land(Change.of(branch, "Take back: prepare environment " + step.environment(), edits)
                    .withTrailers(trailers(step))
                    .expecting(List.of(new Precondition.Head(branch, ours))));
            return Outcome.done(null, List.of(Effect.updated(made.type(), made.name(), "is as it was before")));
        } catch (FailureException e) {
            if (e.failure().kind() != FailureKind.CONFLICT && e.failure().kind() != FailureKind.POLICY) {
                throw e;
            }
            Problem remains = Problem.warning(
                    "remains",
                    Location.of(made.name()),
                    e.failure().what(),
                    "nothing to do: the next run goes on from there");
            return new Outcome.Succeeded(null, List.of(), List.of(remains));
        }
    }

    private void takeBackRendered(EnsureGitOps step, CommitId ours) {
        BranchName branch = GitOpsPaths.rendered(step.environment());
        List<Commit> history = repository.history(branch, "", 2);
        if (history.size() < 2) {
            repository.removeBranch(branch, ours);
            return;
        }
        List<FileEdit> edits = repository.changed(history.get(1).id(), ours).stream()
                .map(added -> FileEdit.removal(
                        added.path(),
                        repository
                                .read(ours, added.path())
                                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                                .orElse("")))
                .toList();
        repository.land(Change.of(branch, "Take back: prepare environment " + step.environment(), edits)
                .withTrailers(trailers(step))
                .expecting(List.of(new Precondition.Head(branch, ours))));
    }

    private static Map<String, String> trailers(EnsureGitOps step) {
        return Trailers.of(step.tenant(), step.environment()).lines();
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

    /** A branch that is there keeps its own history. */
    private static CommitId begunFrom(EnsureGitOps step, Map<BranchName, CommitId> seen) {
        return step.after() == null ? null : seen.get(step.after().branch());
    }
}
