package io.imaas.plan.step;

import io.imaas.model.tenancy.Tenant;

/** Looks, before anything of a tenant is deleted, for what others made there and what would stop the deletion halfway. */
public record CheckOffboarding(String id, Tenant tenant) implements PlannedStep {
    @Override
    public String title() {
        return "Check what others made for " + tenant.name();
    }
}
