package io.imaas.model.rollout;

import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.io.Serializable;

/**
 * From what an image is built: known before the build begins.
 *
 * @param sourceUrl the repository of the sources
 * @param ref for which branch, tag or pull request, such as {@code refs/heads/dev}
 * @param path the MI project's folder within it, {@code ""} for its root
 * @param base the image under it by digest, or empty
 * @param builder {@code auto}, {@code native} or {@code maven}
 * @param buildKey names all that goes into the build
 * @param build which build it is, as the door names it
 */
public record BuildOrigin(
        TenantName tenant,
        ServiceName service,
        String sourceUrl,
        CommitId source,
        String ref,
        String path,
        String base,
        String builder,
        String buildKey,
        String build)
        implements Serializable {}
