package io.imaas.plan;

import io.imaas.model.EnvironmentName;
import io.imaas.model.Service;
import io.imaas.model.Tenant;

/** Makes the deployment server watch a service in an environment. */
public record EnsureApplication(String id, Tenant tenant, Service service, EnvironmentName environment)
        implements PlannedStep {
    @Override
    public String title() {
        return "Application " + service.name() + " in " + environment;
    }
}
