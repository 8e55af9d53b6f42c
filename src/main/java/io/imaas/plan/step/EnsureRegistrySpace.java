package io.imaas.plan.step;

import io.imaas.model.image.ImageRepository;

/** Sees that the tenant's images can be pushed. */
public record EnsureRegistrySpace(String id, ImageRepository repository) implements PlannedStep {
    @Override
    public String title() {
        return "Registry space " + repository.path();
    }
}
