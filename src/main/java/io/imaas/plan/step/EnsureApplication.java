package io.imaas.plan.step;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Previews;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;

/** Makes the deployment server watch a service in an environment. */
public record EnsureApplication(String id, TenantName tenant, ServiceName service, EnvironmentName environment)
        implements PlannedStep {
    /** A preview that does not become healthy stays, for people to look at; it goes as every preview does. */
    @Override
    public boolean isUndone() {
        return !environment.equals(Previews.SPACE);
    }

    @Override
    public String title() {
        return "Application " + service + " in " + environment;
    }
}
