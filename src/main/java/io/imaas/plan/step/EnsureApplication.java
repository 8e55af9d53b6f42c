package io.imaas.plan.step;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;

/** Makes the deployment server watch a service in an environment. */
public record EnsureApplication(String id, TenantName tenant, ServiceName service, EnvironmentName environment)
        implements PlannedStep {
    @Override
    public boolean isUndone() {
        return true;
    }

    @Override
    public String title() {
        return "Application " + service + " in " + environment;
    }
}
