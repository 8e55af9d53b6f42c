package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.plan.step.EnsureRegistrySpace;
import io.imaas.port.Cluster.Applied;
import io.imaas.port.ImageRegistry;
import io.imaas.port.RegistrySpaces;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * Makes the tenant's space on its registry; where the first push makes it, sees that there can be one.
 *
 * @param begun whether the tenant is there already: then its space was seen to, and its builds push to it
 */
public record EnsureRegistrySpaceRunner(ImageRegistry registry, RegistrySpaces spaces, BooleanSupplier begun)
        implements StepRunner<EnsureRegistrySpace> {
    @Override
    public void require(EnsureRegistrySpace step) {
        space(step);
    }

    @Override
    public Outcome run(EnsureRegistrySpace step, StepContext context) {
        Optional<RegistrySpaces.Space> space = space(step);
        if (space.isPresent()) {
            Applied applied = space.get().ensure();
            return applied.failures().isEmpty()
                    ? new Outcome.Succeeded(null, applied.effects(), applied.warnings())
                    : new Outcome.Failed(applied.failures().get(0), applied.warnings(), applied.effects());
        }
        if (!begun.getAsBoolean()) {
            registry.checkWritable(step.repository());
        }
        return Outcome.done(
                null,
                List.of(Effect.unchanged("registry space", step.repository().toString())));
    }

    /** A space that somebody pushed to meanwhile remains. */
    @Override
    public Outcome undo(EnsureRegistrySpace step, Outcome ended, StepContext context) {
        List<Effect> undone = new ArrayList<>();
        List<Problem> remains = new ArrayList<>();
        space(step).ifPresent(space -> {
            try {
                undone.addAll(space.undo(ended.effects()));
            } catch (FailureException e) {
                remains.add(Problem.warning(
                        "remains",
                        Location.of(step.repository().toString()),
                        e.failure().what(),
                        "nothing to do: the next run goes on from there"));
            }
        });
        return new Outcome.Succeeded(null, undone, remains);
    }

    /** @throws io.imaas.model.failure.FailureException INPUT when the login for it is missing */
    private Optional<RegistrySpaces.Space> space(EnsureRegistrySpace step) {
        return spaces.find(step.policy(), step.repository(), step.owner());
    }
}
