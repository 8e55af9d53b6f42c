package io.imaas.step;

import io.imaas.model.EnvironmentName;
import io.imaas.model.GitOpsPaths;
import io.imaas.model.ServiceName;
import io.imaas.plan.state.EnvironmentState;
import io.imaas.plan.state.GitOpsState;
import io.imaas.plan.state.LastChange;
import io.imaas.plan.state.ServiceState;
import io.imaas.port.GitHistory;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out since when what runs runs, and by whom: one walk an environment, however many services there are. */
public final class ChangeObserver {
    private final GitHistory repository;

    public ChangeObserver(GitHistory repository) {
        this.repository = repository;
    }

    /** By environment and service, the commit that brought the release. */
    public Map<EnvironmentName, Map<ServiceName, LastChange>> observe(GitOpsState state) {
        Map<EnvironmentName, Map<ServiceName, LastChange>> changes = new LinkedHashMap<>();
        for (EnvironmentState environment : state.environments()) {
            Map<String, ServiceName> paths = environment.services().stream()
                    .filter(service -> service.release() != null)
                    .map(ServiceState::service)
                    .collect(Collectors.toMap(GitOpsPaths::release, service -> service));
            Map<ServiceName, LastChange> found = new HashMap<>();
            repository
                    .lastChanges(environment.name().branch(), Set.copyOf(paths.keySet()))
                    .forEach((path, commit) -> found.put(
                            paths.get(path),
                            new LastChange(
                                    commit.id(),
                                    commit.at(),
                                    commit.trailers().getOrDefault("Imaas-Actor", commit.author()),
                                    commit.subject())));
            changes.put(environment.name(), found);
        }
        return changes;
    }
}
