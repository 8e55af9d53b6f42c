package io.imaas.plan;

import io.imaas.model.Tenant;

/** Makes the CI server's folder and one job a service. */
public record EnsureJobs(String id, Tenant tenant) implements PlannedStep {
    @Override
    public String title() {
        return "Jobs of " + tenant.name();
    }
}
