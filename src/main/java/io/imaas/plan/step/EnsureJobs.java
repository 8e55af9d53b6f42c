package io.imaas.plan.step;

import io.imaas.model.tenancy.Tenant;

/** Makes the CI server's folder and one job a service. */
public record EnsureJobs(String id, Tenant tenant) implements PlannedStep {
    @Override
    public String title() {
        return "Jobs of " + tenant.name();
    }
}
