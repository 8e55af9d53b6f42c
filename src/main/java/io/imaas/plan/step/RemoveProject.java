package io.imaas.plan.step;

import io.imaas.model.tenancy.Tenant;
import java.util.List;

/** Takes the tenant's projects at the deployment server away, once nothing is in them. */
public record RemoveProject(String id, Tenant tenant) implements PlannedStep {
    @Override
    public String title() {
        return "Delete the Argo CD projects of " + tenant.name();
    }

    @Override
    public List<String> deletions() {
        return tenant.environments().stream()
                .map(environment -> "Argo CD project " + tenant.namespace(environment.name()))
                .toList();
    }
}
