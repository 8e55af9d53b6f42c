package io.imaas.step.runner;

import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.RemoveApplication;
import io.imaas.port.Deployments;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;

/** Begins to take an application away; {@link AwaitRemovalRunner} sees it through. */
public final class RemoveApplicationRunner implements StepRunner<RemoveApplication> {
    private final Tenant tenant;
    private final Deployments deployments;

    public RemoveApplicationRunner(Tenant tenant, Deployments deployments) {
        this.tenant = tenant;
        this.deployments = deployments;
    }

    @Override
    public Class<RemoveApplication> kind() {
        return RemoveApplication.class;
    }

    @Override
    public Outcome run(RemoveApplication step, StepContext context) {
        return Outcome.done(
                null, deployments.remove(tenant, tenant.requiredService(step.service()), step.environment()));
    }
}
