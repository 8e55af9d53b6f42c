package io.imaas.step.runner;

import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.EnsureApplication;
import io.imaas.port.Deployments;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;

/** Makes the deployment server watch a service in an environment. */
public final class EnsureApplicationRunner implements StepRunner<EnsureApplication> {
    private final Tenant tenant;
    private final Deployments deployments;

    public EnsureApplicationRunner(Tenant tenant, Deployments deployments) {
        this.tenant = tenant;
        this.deployments = deployments;
    }

    @Override
    public Class<EnsureApplication> kind() {
        return EnsureApplication.class;
    }

    @Override
    public Outcome run(EnsureApplication step, StepContext context) {
        return Outcome.done(
                null, deployments.ensure(tenant, tenant.requiredService(step.service()), step.environment()));
    }
}
