package io.imaas.plan.step;

import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;

/**
 * Commits a release to an environment's branch.
 *
 * @param release what to commit; null when {@code image} finds it out
 * @param image the step that published the image; empty when the release is known
 * @param build for the audit log: which build, as the door names it
 * @param migration the whole {@code migration.yaml}, or empty for none; null leaves it as it is
 */
public record CommitRelease(
        String id,
        TenantName tenant,
        ServiceName service,
        EnvironmentName environment,
        Release release,
        @StepId String image,
        String actor,
        String build,
        String migration)
        implements PlannedStep {
    @Override
    public String title() {
        return "Release " + service + " to " + environment;
    }
}
