package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.plan.step.EnsureJobs;
import io.imaas.port.JobServer;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;
import java.util.ArrayList;
import java.util.List;

/** Makes the CI server's folder and one job a service. */
public final class EnsureJobsRunner implements StepRunner<EnsureJobs> {
    private final Tenant tenant;
    private final JobServer jobs;

    public EnsureJobsRunner(Tenant tenant, JobServer jobs) {
        this.tenant = tenant;
        this.jobs = jobs;
    }

    @Override
    public Class<EnsureJobs> kind() {
        return EnsureJobs.class;
    }

    @Override
    public Outcome run(EnsureJobs step, StepContext context) {
        List<Effect> effects = new ArrayList<>(jobs.ensureFolder(tenant));
        for (ServiceName service : step.services()) {
            effects.addAll(jobs.ensureJob(tenant, tenant.requiredService(service)));
        }
        return Outcome.done(null, effects);
    }
}
