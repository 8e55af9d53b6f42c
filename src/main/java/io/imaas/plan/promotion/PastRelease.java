package io.imaas.plan.promotion;

import io.imaas.model.CommitId;
import io.imaas.model.Release;
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
