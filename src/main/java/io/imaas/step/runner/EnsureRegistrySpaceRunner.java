package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.plan.step.EnsureRegistrySpace;
import io.imaas.port.ImageRegistry;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;
import java.util.List;

/** Sees that the tenant's images can be pushed; registries make the space themselves at the first push. */
public final class EnsureRegistrySpaceRunner implements StepRunner<EnsureRegistrySpace> {
    private final ImageRegistry registry;

    public EnsureRegistrySpaceRunner(ImageRegistry registry) {
        this.registry = registry;
    }

    @Override
    public Class<EnsureRegistrySpace> kind() {
        return EnsureRegistrySpace.class;
    }

    @Override
    public Outcome run(EnsureRegistrySpace step, StepContext context) {
        registry.checkWritable(step.repository());
        return Outcome.done(
                null,
                List.of(Effect.unchanged("registry space", step.repository().toString())));
    }
}
