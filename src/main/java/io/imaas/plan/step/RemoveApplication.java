package io.imaas.plan.step;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.util.List;

/** Takes a service's application in an environment away, and with it what the application runs; begins it, at least. */
public record RemoveApplication(String id, TenantName tenant, ServiceName service, EnvironmentName environment)
        implements PlannedStep {
    @Override
    public String title() {
        return "Delete application " + service + " in " + environment;
    }

    @Override
    public List<String> deletions() {
        return List.of("application " + tenant.namespace(environment) + "-" + service + " and the workloads it runs");
    }
}
