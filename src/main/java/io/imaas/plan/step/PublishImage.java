package io.imaas.plan.step;

import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ScanCommand;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Makes the image and pushes it.
 *
 * @param target where it goes
 * @param base the image under it by digest, or empty
 * @param labels the service's own, added to the platform's
 * @param buildKey by which the image is found again
 * @param build the step that built the CAR
 * @param tests the step that ran the unit tests
 * @param scan what looks for known weaknesses of it; null: nothing
 */
public record PublishImage(
        String id,
        TenantName tenant,
        ServiceName service,
        ImageRepository target,
        String base,
        Map<String, String> labels,
        CommitId source,
        TreeHash tree,
        String sourceUrl,
        String buildKey,
        @StepId String build,
        @StepId String tests,
        ScanCommand scan)
        implements PlannedStep {
    public PublishImage {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
    }

    @Override
    public String title() {
        return "Image of " + service;
    }

    @Override
    public boolean needsSources() {
        return true;
    }
}
