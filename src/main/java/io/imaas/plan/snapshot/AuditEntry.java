package io.imaas.plan.snapshot;

import io.imaas.model.rollout.Release;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.EnvironmentName;
import java.io.Serializable;
import java.time.Instant;

/**
 * One change of what a service runs in an environment, or of its hold there.
 *
 * @param release what runs since then; null when the change concerned the hold alone
 * @param before what ran until then; null when nothing did, or nobody looked further back
 * @param trailers why, and through which gates; none where the commit is not the orchestrator's own
 */
public record AuditEntry(
        EnvironmentName environment,
        Instant at,
        String by,
        String subject,
        Release release,
        Release before,
        CommitId commit,
        Trailers trailers)
        implements Serializable {}
