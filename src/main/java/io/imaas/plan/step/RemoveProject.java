package io.imaas.plan.step;

import io.imaas.model.tenancy.Tenant;
import java.util.List;

/** Takes the tenant's fence at the deployment server away, once nothing is in it. */
public record RemoveProject(String id, Tenant tenant) implements PlannedStep {
    @Override
    public String title() {
        return "Delete the Argo CD project of " + tenant.name();
    }

    @Override
    public List<String> deletions() {
        return List.of("Argo CD project " + tenant.name());
    }
}
