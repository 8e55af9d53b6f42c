package io.imaas.plan.step;

import io.imaas.model.tenancy.TenantName;

/** Looks, before anything of a tenant is deleted, for what others made there and what would stop the deletion halfway. */
public record CheckOffboarding(String id, TenantName tenant) implements PlannedStep {
    @Override
    public String title() {
        return "Check what others made for " + tenant;
    }
}
