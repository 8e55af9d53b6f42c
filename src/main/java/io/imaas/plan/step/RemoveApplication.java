package io.imaas.plan.step;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.Service;
import io.imaas.model.tenancy.Tenant;
import java.util.List;

/** Takes a service's application in an environment away, and with it what the application runs; begins it, at least. */
public record RemoveApplication(String id, Tenant tenant, Service service, EnvironmentName environment)
        implements PlannedStep {
    @Override
    public String title() {
        return "Delete application " + service.name() + " in " + environment;
    }

    @Override
    public List<String> deletions() {
        return List.of(
                "application " + tenant.namespace(environment) + "-" + service.name() + " and the workloads it runs");
    }
}
