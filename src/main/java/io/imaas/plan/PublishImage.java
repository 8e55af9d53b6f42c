package io.imaas.plan;

import io.imaas.model.CommitId;
import io.imaas.model.ImageRepository;
import io.imaas.model.ServiceName;
import io.imaas.model.TenantName;
import io.imaas.model.TreeHash;

/**
 * Makes the image and pushes it.
 *
 * @param target where it goes
 * @param base the image under it by digest, or empty
 * @param buildKey by which the image is found again
 * @param build the step that built the CAR
 * @param tests the step that ran the unit tests
 */
public record PublishImage(
        String id,
        TenantName tenant,
        ServiceName service,
        ImageRepository target,
        String base,
        CommitId source,
        TreeHash tree,
        String sourceUrl,
        String buildKey,
        String build,
        String tests)
        implements PlannedStep {
    @Override
    public String title() {
        return "Image of " + service;
    }
}
