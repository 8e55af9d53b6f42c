package io.imaas.step.runner;

import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.RemoveApplication;
import io.imaas.port.Deployments;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;

/** Begins to take an application away; {@link AwaitRemovalRunner} sees it through. */
public record RemoveApplicationRunner(Tenant tenant, Deployments deployments) implements StepRunner<RemoveApplication> {
    @Override
    public Outcome run(RemoveApplication step, StepContext context) {
        return Outcome.done(
                null, deployments.remove(tenant, tenant.requiredService(step.service()), step.environment()));
    }
}
