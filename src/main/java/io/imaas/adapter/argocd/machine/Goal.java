package io.imaas.adapter.argocd.machine;

import io.imaas.model.image.ImageRef;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import java.time.Duration;
import java.time.Instant;

/**
 * What must come live.
 *
 * @param gitops the GitOps repository, or null when unknown: then only the commit itself is accepted, no descendant
 * @param path the folder in it that the application reads; empty when unknown
 * @param id marks our own operations; the same for the same goal, so that a restarted process finds them again
 * @param startedAt since when somebody waits; null: since it is followed
 * @param probed what the service itself is asked about, which must agree; null where it is not asked
 */
public record Goal(
        ApplicationName application,
        String project,
        CommitId commit,
        ImageRef image,
        RepositoryUrl gitops,
        String path,
        String id,
        Duration timeout,
        Instant startedAt,
        RolloutTarget probed) {
    /** When the time allowed is over for a rollout that is followed since a moment. */
    Instant deadline(Instant followed) {
        return RolloutTarget.deadline(startedAt, timeout, followed);
    }
}
