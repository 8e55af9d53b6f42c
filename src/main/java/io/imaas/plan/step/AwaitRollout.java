package io.imaas.plan.step;

import io.imaas.model.image.ImageRef;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.time.Duration;

/**
 * Waits until the change of an earlier step is live and healthy, and records what it found.
 *
 * @param change the step that committed; empty when the commit is known
 * @param commit what must come live; null when the change's step tells
 * @param rendered the commit with its manifests; null when the change's step tells, or where the deployment server renders
 * @param image the image that must be live; null when the change's step tells
 */
public record AwaitRollout(
        String id,
        TenantName tenant,
        ServiceName service,
        EnvironmentName environment,
        @StepId String change,
        CommitId commit,
        CommitId rendered,
        ImageRef image,
        Duration timeout)
        implements PlannedStep {
    /** Awaits what an earlier step commits. */
    public AwaitRollout(
            String id,
            TenantName tenant,
            ServiceName service,
            EnvironmentName environment,
            String change,
            ImageRef image,
            Duration timeout) {
        this(id, tenant, service, environment, change, null, null, image, timeout);
    }

    @Override
    public String title() {
        return "Roll out " + service + " to " + environment;
    }
}
