package io.imaas.step.runner;

import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.RemoveJobs;
import io.imaas.port.JobServer;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;

/** Takes a service's job away, or the tenant's folder. */
public record RemoveJobsRunner(Tenant tenant, JobServer jobs) implements StepRunner<RemoveJobs> {
    @Override
    public Outcome run(RemoveJobs step, StepContext context) {
        return Outcome.done(
                null,
                step.service() == null
                        ? jobs.removeFolder(tenant)
                        : jobs.removeJob(tenant, tenant.requiredService(step.service())));
    }
}
