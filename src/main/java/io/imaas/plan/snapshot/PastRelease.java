package io.imaas.plan.snapshot;

import io.imaas.model.rollout.Release;
import io.imaas.model.source.CommitId;
import java.io.Serializable;
import java.time.Instant;

/**
 * A release that an environment once had.
 *
 * @param commit the GitOps commit that brought it
 * @param releaseFile its whole {@code release.yaml}
 * @param valuesFile the whole {@code values.yaml} of that commit, or null when there was none
 */
public record PastRelease(
        Release release, CommitId commit, Instant at, String by, String subject, String releaseFile, String valuesFile)
        implements Serializable {}
