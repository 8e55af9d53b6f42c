package io.imaas.plan.step;

import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.util.List;

/** Makes the CI server's folder and one job for each of these services. */
public record EnsureJobs(String id, TenantName tenant, List<ServiceName> services) implements PlannedStep {
    public EnsureJobs {
        services = List.copyOf(services);
    }

    @Override
    public boolean isUndone() {
        return true;
    }

    @Override
    public String title() {
        return "Jobs of " + tenant;
    }
}
