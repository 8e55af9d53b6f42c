package io.imaas.step.observe;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.LastChange;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.port.GitHistory;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out since when what runs runs, and by whom: one walk an environment, however many services there are. */
public record ChangeObserver(GitHistory repository) {
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
                                    commit.at(),
                                    commit.actor(),
                                    commit.trailers().getOrDefault(Trailers.ASSUMED, ""))));
            changes.put(environment.name(), found);
        }
        return changes;
    }
}
