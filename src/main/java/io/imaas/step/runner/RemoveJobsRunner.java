package io.imaas.step.runner;

import io.imaas.plan.step.RemoveJobs;
import io.imaas.port.JobServer;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;

/** Takes a service's job away, or the tenant's folder. */
public final class RemoveJobsRunner implements StepRunner<RemoveJobs> {
    private final JobServer jobs;

    public RemoveJobsRunner(JobServer jobs) {
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
                        ? jobs.removeFolder(step.tenant())
                        : jobs.removeJob(step.tenant(), step.service()));
    }
}
