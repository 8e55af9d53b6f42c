package io.imaas.step.observe;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.snapshot.GitOpsState;
import io.imaas.plan.snapshot.ServiceState;
import io.imaas.port.Commit;
import io.imaas.port.GitHistory;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts how many releases an environment lags behind the one before it. */
public record LagObserver(GitHistory repository) {
    /** Who lags further behind is told this number. */
    private static final int MOST = 50;

    /** By service and environment; what does not lag, or runs what the environment before never had, is left out. */
    public Map<ServiceName, Map<EnvironmentName, Integer>> observe(Tenant tenant, GitOpsState state) {
        Map<ServiceName, Map<EnvironmentName, Integer>> behind = new LinkedHashMap<>();
        state.byService().forEach((name, own) -> {
            List<EnvironmentName> path =
                    tenant.service(name).map(Service::environments).orElse(List.of());
            for (int i = 1; i < path.size(); i++) {
                Release ahead = running(own, path.get(i - 1), name);
                Release here = running(own, path.get(i), name);
                if (ahead != null && here != null && !ahead.image().equals(here.image())) {
                    int count = count(name, path.get(i - 1), here);
                    behind.computeIfAbsent(name, any -> new HashMap<>()).put(path.get(i), count);
                }
            }
        });
        return behind;
    }

    private static Release running(GitOpsState state, EnvironmentName environment, ServiceName service) {
        return state.environment(environment)
                .service(service)
                .flatMap(ServiceState::running)
                .orElse(null);
    }

    /** A release that came again, as after a rollback, counts once. */
    private int count(ServiceName service, EnvironmentName before, Release here) {
        Set<String> newer = new LinkedHashSet<>();
        for (Commit commit : repository.history(before.branch(), GitOpsPaths.release(service), MOST)) {
            String images =
                    commit.trailers().getOrDefault(Trailers.IMAGE, commit.id().value());
            if (images.contains(here.image().digest().value())) {
                return newer.size();
            }
            newer.add(images);
        }
        return newer.size() < MOST ? 0 : MOST;
    }
}
