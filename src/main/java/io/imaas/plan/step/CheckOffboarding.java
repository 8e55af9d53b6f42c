package io.imaas.plan.step;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.TenantName;
import java.util.List;

/**
 * Looks, before anything of a tenant is deleted, for what others made there and what would stop the deletion halfway.
 *
 * @param environments of which alone; empty: of the tenant as a whole
 */
public record CheckOffboarding(String id, TenantName tenant, List<EnvironmentName> environments)
        implements PlannedStep {
    public CheckOffboarding {
        environments = List.copyOf(environments);
    }

    /** Of the whole tenant, its jobs included. */
    public CheckOffboarding(String id, TenantName tenant) {
        this(id, tenant, List.of());
    }

    @Override
    public String title() {
        return "Check what others made for " + tenant;
    }
}
