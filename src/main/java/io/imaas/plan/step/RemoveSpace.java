package io.imaas.plan.step;

import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.TenantName;
import java.util.List;

/** Takes the tenant's namespace for an environment away, with everything in it; begins it, at least. */
public record RemoveSpace(String id, TenantName tenant, EnvironmentName environment) implements PlannedStep {
    @Override
    public String title() {
        return "Delete namespace " + tenant.namespace(environment);
    }

    @Override
    public List<String> deletions() {
        return List.of("namespace " + tenant.namespace(environment)
                + " with everything in it, what people put there included");
    }
}
