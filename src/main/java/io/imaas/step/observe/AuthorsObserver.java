package io.imaas.step.observe;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.plan.snapshot.Authors;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.port.Commit;
import io.imaas.port.GitHistory;
import io.imaas.port.GitRepository;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/**
 * Finds out who made what comes: all commits of the sources between what runs and what comes, and people's commits of the
 * values in the environments before and in the target. What can't be found out is said, and never left out.
 *
 * @param sources a service's own repository, opened only when it is needed
 * @param rendered whether only what was rendered runs; otherwise whatever a person pushes runs at once
 */
public record AuthorsObserver(GitRepository gitops, Function<Service, GitHistory> sources, boolean rendered) {
    /** Of sources or of one environment's values; more can't be shown to anybody either. */
    private static final int MOST = 2000;

    /** Of a release that is to come from the environment before. */
    public Authors promoted(Service service, Release coming, EnvironmentState target) {
        return asked(service, () -> {
            ServiceState now = target.service(service.name()).orElse(null);
            List<Commit> commits = new ArrayList<>(sources(service, now, coming));
            List<EnvironmentName> path = service.environments();
            for (EnvironmentName before : path.subList(0, Math.max(0, path.indexOf(target.name())))) {
                commits.addAll(values(service, before, now == null ? null : now.valuesFile()));
            }
            commits.addAll(own(service, target));
            return commits;
        });
    }

    /**
     * Of what a person's push changed, and of what was pushed before and let in by nobody: another commit on top of it takes
     * no author away.
     *
     * @param from where the branch was before the push
     */
    public Authors pushed(Service service, ServiceState before, EnvironmentState after, CommitId from) {
        return asked(service, () -> {
            List<Commit> commits = new ArrayList<>(whole(gitops.between(from, after.head(), MOST), "the push"));
            commits.removeIf(AuthorsObserver::isOurs);
            commits.addAll(own(service, after));
            Optional<Release> coming = after.service(service.name()).map(ServiceState::release);
            if (coming.isPresent()) {
                commits.addAll(sources(service, before, coming.get()));
            }
            return commits.stream().distinct().toList();
        });
    }

    /** Of the sources alone, from one release to another. */
    public Authors built(Service service, Release before, Release after) {
        ServiceState now = new ServiceState(service.name(), before, null, null, null, null);
        return asked(service, () -> sources(service, now, after));
    }

    private interface Search {
        List<Commit> commits();
    }

    private static Authors asked(Service service, Search search) {
        try {
            List<Commit> found = search.commits();
            return Authors.of(
                    service.name(),
                    found.stream().flatMap(commit -> commit.wrote().stream()).toList(),
                    found.stream().map(Commit::committed).toList());
        } catch (FailureException outOfReach) {
            return Authors.unknown(service.name(), outOfReach.failure());
        }
    }

    private List<Commit> sources(Service service, ServiceState before, Release coming) {
        Release runs = before == null ? null : before.release();
        if (runs != null && runs.image().equals(coming.image())) {
            return List.of();
        }
        if (coming.source() == null) {
            throw FailureException.input(
                    "the release " + coming.version() + " does not say which commit it was built from",
                    GitOpsPaths.release(service.name()),
                    "deliver the service from its sources");
        }
        CommitId older = runs == null ? null : runs.source();
        if (coming.source().equals(older)) {
            return List.of();
        }
        GitHistory repository = sources.apply(service);
        return whole(between(repository, older, coming.source()), "the sources of " + service.name());
    }

    /** Where the commit that runs was rewritten since, all commits up to the new one count. */
    private static List<Commit> between(GitHistory repository, CommitId older, CommitId newer) {
        if (older != null) {
            try {
                return repository.between(older, newer, MOST);
            } catch (FailureException gone) {
                if (gone.failure().kind() != FailureKind.INPUT) {
                    throw gone;
                }
            }
        }
        return repository.between(null, newer, MOST);
    }

    /** People's commits of the common values, back to where they were as the target has them. */
    private List<Commit> values(Service service, EnvironmentName environment, String then) {
        String path = GitOpsPaths.values(service.name());
        List<Commit> found = new ArrayList<>();
        for (Commit commit : whole(gitops.history(environment.branch(), path, MOST), environment.value())) {
            Optional<String> text = gitops.readText(commit.id(), List.of(path)).find(path);
            if (Objects.equals(text.orElse(null), then)) {
                return found;
            }
            add(commit, found);
        }
        return found;
    }

    /** People's commits in the target that nothing was rendered from yet. */
    private List<Commit> own(Service service, EnvironmentState target) {
        if (!rendered) {
            return List.of();
        }
        Optional<CommitId> wanted = ReleaseHistory.rendered(gitops, service.name(), target.name(), 1)
                .findFirst();
        List<Commit> found = new ArrayList<>();
        for (Commit commit : gitops.history(target.name().branch(), GitOpsPaths.folder(service.name()), MOST)) {
            if (wanted.isPresent() && gitops.contains(wanted.get(), commit.id())) {
                return found;
            }
            add(commit, found);
        }
        return found;
    }

    /** With all that a merge brought. What the orchestrator wrote itself moves what others wrote. */
    private void add(Commit commit, List<Commit> found) {
        if (isOurs(commit)) {
            return;
        }
        found.add(commit);
        if (commit.parents().size() > 1) {
            whole(gitops.between(commit.parents().get(0), commit.id(), MOST), "a merge").stream()
                    .filter(merged -> !isOurs(merged))
                    .forEach(found::add);
        }
    }

    private static boolean isOurs(Commit commit) {
        return commit.trailers().containsKey(Trailers.TENANT);
    }

    private static List<Commit> whole(List<Commit> commits, String where) {
        if (commits.size() >= MOST) {
            throw new FailureException(new Failure(
                    FailureKind.POLICY,
                    "more than " + MOST + " commits come at once, too many to name who wrote them",
                    where,
                    "bring them in smaller steps"));
        }
        return commits;
    }
}
