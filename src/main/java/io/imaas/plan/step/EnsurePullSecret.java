package io.imaas.plan.step;

import io.imaas.model.image.ImageRepository;
import io.imaas.model.kubernetes.OwnLabels;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.OnboardingPolicy.PullPolicy;
import io.imaas.model.tenancy.OnboardingPolicy.RegistryPolicy;

/**
 * Keeps the login with which a namespace pulls the tenant's images. The login itself is in no plan.
 *
 * @param images below which they lie
 * @param space whose registry space it is, such as {@code acme/orders}
 */
public record EnsurePullSecret(
        String id,
        EnvironmentName environment,
        String namespace,
        OwnLabels owner,
        ImageRepository images,
        RegistryPolicy registry,
        PullPolicy pulls,
        String space)
        implements PlannedStep {
    @Override
    public boolean isUndone() {
        return true;
    }

    @Override
    public String title() {
        return "Pull secret for " + environment;
    }
}
