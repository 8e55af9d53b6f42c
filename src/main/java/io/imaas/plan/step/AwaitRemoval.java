package io.imaas.plan.step;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.TenantName;
import java.util.List;

/**
 * Waits until the world no longer has what earlier steps began to take away: both Argo CD and Kubernetes delete when
 * they find the time, and what comes next must not pull the ground from under them.
 */
public record AwaitRemoval(
        String id, String title, TenantName tenant, List<RemoveApplication> applications, List<RemoveSpace> spaces)
        implements PlannedStep {
    public AwaitRemoval {
        applications = List.copyOf(applications);
        spaces = List.copyOf(spaces);
    }

    @Override
    public EnvironmentName environment() {
        List<EnvironmentName> all = applications.stream()
                .map(RemoveApplication::environment)
                .distinct()
                .toList();
        return all.size() == 1 ? all.get(0) : null;
    }
}
