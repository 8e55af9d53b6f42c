package io.imaas.step.observe;

import io.imaas.model.image.Digest;
import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.LatestChange;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.port.Commit;
import io.imaas.port.GitRepository;
import io.imaas.port.TextFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds what changed last for each service of an environment, and whether a rollout saw it. Writes nothing. */
public record LatestChangeObserver(GitRepository repository) {
    /** Those of the services that run in the environment and have it on their path, in the same order. */
    public List<LatestChange> observe(List<Service> services, EnvironmentName environment, GitOpsState state) {
        Set<String> paths = new TreeSet<>();
        List<Release> running = new ArrayList<>();
        for (Service service : services) {
            Optional<Release> release = state.environment(environment)
                    .service(service.name())
                    .filter(found -> service.environments().contains(environment))
                    .flatMap(ServiceState::running);
            release.ifPresent(running::add);
            release.ifPresent(found -> paths.addAll(GitOpsPaths.sources(service.name(), environment)));
        }
        Map<String, Commit> changes = paths.isEmpty() ? Map.of() : repository.lastChanges(environment.branch(), paths);
        TextFiles manifests = manifests(running, state.environment(environment));
        return running.stream()
                .map(release -> latest(release, environment, state, changes, manifests))
                .toList();
    }

    private TextFiles manifests(List<Release> running, EnvironmentState environment) {
        return environment.rendered() == null
                ? TextFiles.of(Map.of())
                : repository.readText(
                        environment.rendered(),
                        running.stream()
                                .map(release -> GitOpsPaths.manifests(release.service()))
                                .toList());
    }

    private LatestChange latest(
            Release release,
            EnvironmentName environment,
            GitOpsState state,
            Map<String, Commit> changes,
            TextFiles manifests) {
        CommitId newest = GitOpsPaths.sources(release.service(), environment).stream()
                .map(changes::get)
                .filter(Objects::nonNull)
                .map(Commit::id)
                .reduce((a, b) -> repository.contains(a, b) ? a : b)
                .orElseThrow();
        HealthRecord health = state.health(
                        release.service(), environment, release.image().digest())
                .orElse(null);
        boolean seen = health != null
                && repository.contains(health.commit(), newest)
                && (health.manifests() == null
                        || manifests
                                .find(GitOpsPaths.manifests(release.service()))
                                .filter(text -> Digest.of(text).hex().equals(health.manifests()))
                                .isPresent());
        return new LatestChange(release, newest, health, seen);
    }
}
