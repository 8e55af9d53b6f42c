package io.imaas.step.runner;

import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.RemoveJobs;
import io.imaas.port.JobServer;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;

/** Takes a service's job away, or the tenant's folder. */
public final class RemoveJobsRunner implements StepRunner<RemoveJobs> {
    private final Tenant tenant;
    private final JobServer jobs;

    public RemoveJobsRunner(Tenant tenant, JobServer jobs) {
        this.tenant = tenant;
        this.jobs = jobs;
    }

    @Override
    public Class<RemoveJobs> kind() {
        return RemoveJobs.class;
    }

    @Override
    public Outcome run(RemoveJobs step, StepContext context) {
        return Outcome.done(
                null,
                step.service() == null
                        ? jobs.removeFolder(tenant)
                        : jobs.removeJob(tenant, tenant.requiredService(step.service())));
    }
}
