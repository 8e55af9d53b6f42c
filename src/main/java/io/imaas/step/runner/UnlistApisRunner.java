package io.imaas.step.runner;

import io.imaas.plan.step.UnlistApis;
import io.imaas.port.ServiceCatalog;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;

/** Takes entries out of the service catalog. */
public record UnlistApisRunner(ServiceCatalog catalog) implements StepRunner<UnlistApis> {
    @Override
    public Outcome run(UnlistApis step, StepContext context) {
        return Outcome.done(
                null,
                catalog.remove(new ServiceCatalog.Place(
                        step.manager().urlOf(step.environment()), step.manager().credential(), step.owner())));
    }
}
