package io.imaas.plan.step;

import io.imaas.model.image.ImageRef;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;

/**
 * Promotes what the same plan brought to the environment before. Its gates are asked when it begins: only then is it known
 * what would arrive.
 *
 * @param change the step that brought the release to {@code from}; empty when the image is known
 * @param image what must be in {@code from}; null when the change's step tells, or where whatever is there is meant
 */
public record PromoteRelease(
        String id,
        TenantName tenant,
        ServiceName service,
        EnvironmentName from,
        EnvironmentName to,
        @StepId String change,
        ImageRef image,
        String actor)
        implements PlannedStep {
    @Override
    public String title() {
        return "Promote " + service + " from " + from + " to " + to;
    }
}
