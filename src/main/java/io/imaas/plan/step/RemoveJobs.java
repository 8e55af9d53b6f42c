package io.imaas.plan.step;

import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import java.util.List;

/**
 * Takes jobs away from the CI server.
 *
 * @param service whose job; null: the tenant's folder and all that was made in it
 */
public record RemoveJobs(String id, Tenant tenant, Service service) implements PlannedStep {
    @Override
    public String title() {
        return service == null ? "Delete the jobs of " + tenant.name() : "Delete the job of " + service.name();
    }

    @Override
    public List<String> deletions() {
        return List.of(
                service == null
                        ? "Jenkins folder " + tenant.name() + " with its jobs, their builds and its credentials"
                        : "Jenkins job " + tenant.name() + "/" + service.name() + " with its builds");
    }
}
