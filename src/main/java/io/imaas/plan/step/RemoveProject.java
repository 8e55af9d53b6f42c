package io.imaas.plan.step;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.TenantName;
import java.util.List;

/** Takes the tenant's projects at the deployment server away, one an environment, once nothing is in them. */
public record RemoveProject(String id, TenantName tenant, List<EnvironmentName> environments) implements PlannedStep {
    public RemoveProject {
        environments = List.copyOf(environments);
    }

    @Override
    public String title() {
        return "Delete the Argo CD projects of " + tenant;
    }

    @Override
    public List<String> deletions() {
        return environments.stream()
                .map(environment -> "Argo CD project " + tenant.namespace(environment))
                .toList();
    }
}
