package io.imaas.plan.step;

import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.util.List;

/**
 * Takes jobs away from the CI server.
 *
 * @param service whose job; null: the tenant's folder and all that was made in it
 */
public record RemoveJobs(String id, TenantName tenant, ServiceName service) implements PlannedStep {
    @Override
    public String title() {
        return service == null ? "Delete the jobs of " + tenant : "Delete the job of " + service;
    }

    @Override
    public List<String> deletions() {
        return List.of(
                service == null
                        ? "Jenkins folder " + tenant + " with its jobs, their builds and its credentials"
                        : "Jenkins job " + tenant + "/" + service + " with its builds");
    }
}
