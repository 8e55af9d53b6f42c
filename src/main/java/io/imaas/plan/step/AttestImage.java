package io.imaas.plan.step;

import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;

/**
 * Signs from what an image was built and how its tests ended, and attaches that to the image: only then is it used again
 * for the same sources. Whoever builds does not have the key, so this is a step of its own.
 *
 * @param sourceUrl the repository of the sources
 * @param ref for which branch, tag or pull request, such as {@code refs/heads/dev}
 * @param path the MI project's folder within it, {@code ""} for its root
 * @param base the image under it by digest, or empty
 * @param builder {@code auto}, {@code native} or {@code maven}
 * @param buildKey names all that went into the build
 * @param build which build it is, as the door names it
 * @param image the step that published the image
 * @param tests the step that ran the unit tests
 */
public record AttestImage(
        String id,
        TenantName tenant,
        ServiceName service,
        String sourceUrl,
        CommitId source,
        String ref,
        String path,
        String base,
        String builder,
        String buildKey,
        String build,
        String image,
        String tests)
        implements PlannedStep {
    @Override
    public String title() {
        return "Provenance of " + service;
    }

    /** Without it the image is good, and built again next time. */
    @Override
    public boolean hardStop() {
        return false;
    }
}
