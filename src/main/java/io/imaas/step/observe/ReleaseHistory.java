package io.imaas.step.observe;

import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Migration;
import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.snapshot.PastRelease;
import io.imaas.port.Commit;
import io.imaas.port.GitHistory;
import io.imaas.port.GitRepository;
import io.imaas.port.TextFiles;
import io.imaas.port.ValuesEditor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What an environment ran, newest first, from Git alone. */
public final class ReleaseHistory {
    private final GitRepository repository;
    private final BranchLog log;
    private final ValuesEditor values;

    public ReleaseHistory(GitRepository repository, ValuesEditor values) {
        this(repository, repository::history, values);
    }

    /** @param log of the repository */
    public ReleaseHistory(GitRepository repository, BranchLog log, ValuesEditor values) {
        this.repository = repository;
        this.log = log;
        this.values = values;
    }

    /** The releases that changed {@code release.yaml} on the environment's branch. */
    public List<PastRelease> of(ServiceName service, EnvironmentName environment, int limit) {
        BranchName branch = environment.branch();
        List<PastRelease> past = new ArrayList<>();
        for (Commit commit : log.of(branch, GitOpsPaths.release(service), limit)) {
            String path = GitOpsPaths.release(service);
            String common = GitOpsPaths.values(service);
            String migration = GitOpsPaths.migration(service);
            TextFiles files = repository.readText(commit.id(), List.of(path, common, migration));
            release(service, commit, files)
                    .ifPresent(found -> past.add(new PastRelease(
                            found,
                            commit.id(),
                            commit.at(),
                            commit.actor(),
                            commit.subject(),
                            new Trailers(commit.trailers()),
                            files.texts().get(path),
                            files.texts().get(common),
                            migration(files, migration))));
        }
        return past;
    }

    /**
     * Of those, the ones that ran. A release that a gate kept out of the manifests stands on the branch all the same, and so
     * do values with which none ran.
     */
    public List<PastRelease> ran(Tenant tenant, ServiceName service, EnvironmentName environment, int limit) {
        List<PastRelease> past = of(service, environment, limit);
        if (!tenant.isRendered() || past.stream().allMatch(ReleaseHistory::isJudged)) {
            return past;
        }
        Set<List<String>> ran = rendered(repository, service, environment, limit)
                .map(commit -> sources(service, repository.readText(commit, sources(service))))
                .collect(Collectors.toSet());
        // Of manifests that nobody signed whose word counts, nobody knows what they came from.
        return ran.isEmpty()
                ? past
                : past.stream()
                        .filter(one ->
                                isJudged(one) || ran.contains(Arrays.asList(one.releaseFile(), one.valuesFile())))
                        .toList();
    }

    /** What the orchestrator commits, gates have looked at; what it takes back, somebody else wrote. */
    private static boolean isJudged(PastRelease past) {
        Map<String, String> trailers = past.trailers().lines();
        return trailers.containsKey(Trailers.TENANT) && !trailers.containsKey(Trailers.REVERTS);
    }

    private static List<String> sources(ServiceName service) {
        return List.of(GitOpsPaths.release(service), GitOpsPaths.values(service));
    }

    private static List<String> sources(ServiceName service, TextFiles files) {
        return sources(service).stream()
                .map(path -> files.find(path).orElse(null))
                .toList();
    }

    /** The commits that a service's manifests were made of, newest first. */
    static Stream<CommitId> rendered(
            GitHistory repository, ServiceName service, EnvironmentName environment, int limit) {
        return repository.history(GitOpsPaths.rendered(environment), GitOpsPaths.manifests(service), limit).stream()
                .map(commit -> commit.trailers().get(Trailers.WANTED))
                .filter(Objects::nonNull)
                .map(CommitId::new);
    }

    /** Null where there is none that can be read. */
    static Migration migration(TextFiles files, String path) {
        try {
            return files.find(path).map(text -> Migration.parse(text, path)).orElse(null);
        } catch (FailureException unreadable) {
            return null;
        }
    }

    /** What could not be read never ran, and nobody wants it back. */
    private Optional<Release> release(ServiceName service, Commit commit, TextFiles files) {
        String path = GitOpsPaths.release(service);
        try {
            return files.find(path)
                    .flatMap(text -> Release.of(service, values.read(commit.id().abbreviated() + ":" + path, text)));
        } catch (FailureException unreadable) {
            return Optional.empty();
        }
    }
}
