package io.imaas.plan.snapshot;

import io.imaas.model.rollout.Migration;
import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.CommitId;
import io.imaas.plan.snapshot.Snapshot.Fact;
import java.time.Instant;

/**
 * A release that an environment once had.
 *
 * @param commit the GitOps commit that brought it
 * @param trailers of that commit; none where it is not the orchestrator's own
 * @param releaseFile its whole {@code release.yaml}
 * @param valuesFile the whole {@code values.yaml} of that commit, or null when there was none
 * @param migration of that commit, or null when there was none
 */
public record PastRelease(
        Release release,
        CommitId commit,
        Instant at,
        String by,
        String subject,
        Trailers trailers,
        String releaseFile,
        String valuesFile,
        Migration migration)
        implements Fact {}
