package io.imaas.adapter.argocd.machine;

import io.imaas.model.CommitId;
import io.imaas.model.ImageRef;
import io.imaas.model.RepositoryUrl;
import io.imaas.model.RolloutTarget;
import java.time.Duration;

/**
 * What must come live.
 *
 * @param gitops the GitOps repository, or null when unknown: then only the commit itself is accepted, no descendant
 * @param path the folder in it that the application reads; empty when unknown
 * @param id marks our own operations; the same for the same goal, so that a restarted process finds them again
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
        RolloutTarget probed) {}
