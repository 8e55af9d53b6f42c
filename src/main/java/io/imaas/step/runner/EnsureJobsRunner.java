package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.tenancy.Service;
import io.imaas.plan.step.EnsureJobs;
import io.imaas.port.JobServer;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;
import java.util.ArrayList;
import java.util.List;

/** Makes the CI server's folder and one job a service. */
public final class EnsureJobsRunner implements StepRunner<EnsureJobs> {
    private final JobServer jobs;

    public EnsureJobsRunner(JobServer jobs) {
        this.jobs = jobs;
    }

    @Override
    public Class<EnsureJobs> kind() {
        return EnsureJobs.class;
    }

    @Override
    public Outcome run(EnsureJobs step, StepContext context) {
        List<Effect> effects = new ArrayList<>(jobs.ensureFolder(step.tenant()));
        for (Service service : step.tenant().services()) {
            effects.addAll(jobs.ensureJob(step.tenant(), service));
        }
        return Outcome.done(null, effects);
    }
}
