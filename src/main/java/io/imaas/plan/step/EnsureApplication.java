package io.imaas.plan.step;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;

/** Makes the deployment server watch a service in an environment. */
public record EnsureApplication(String id, Tenant tenant, Service service, EnvironmentName environment)
        implements PlannedStep {
    @Override
    public String title() {
        return "Application " + service.name() + " in " + environment;
    }
}
