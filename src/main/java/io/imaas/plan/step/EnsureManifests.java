package io.imaas.plan.step;

import io.imaas.model.kubernetes.ClusterObject;
import io.imaas.model.tenancy.EnvironmentName;
import java.util.List;

/**
 * Makes the tenant's space for an environment: namespace, quota, network, access; or the platform's admission policies.
 *
 * @param environment null for what is of no tenant
 */
public record EnsureManifests(String id, EnvironmentName environment, List<ClusterObject> manifests)
        implements PlannedStep {
    public EnsureManifests {
        manifests = List.copyOf(manifests);
    }

    @Override
    public boolean isUndone() {
        return environment != null;
    }

    @Override
    public String title() {
        return environment == null ? "Admission policies" : "Space for " + environment;
    }
}
