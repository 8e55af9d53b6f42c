package io.imaas.plan.step;

import io.imaas.model.image.ImageRepository;
import io.imaas.model.tenancy.OnboardingPolicy.RegistryPolicy;

/**
 * Sees that the tenant's images can be pushed, and makes its space where the registry has such a thing.
 *
 * @param owner whose space it is, such as {@code acme/orders}
 */
public record EnsureRegistrySpace(String id, ImageRepository repository, RegistryPolicy policy, String owner)
        implements PlannedStep {
    @Override
    public String server() {
        return repository.registry();
    }

    @Override
    public boolean isUndone() {
        return policy.isHarbor();
    }

    @Override
    public String title() {
        return "Registry space " + repository.path();
    }
}
