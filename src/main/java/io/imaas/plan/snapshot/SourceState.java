package io.imaas.plan.snapshot;

import io.imaas.model.rollout.Migration;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import java.io.Serializable;

/**
 * The sources of a service at the moment of the request.
 *
 * @param ref for which branch, tag or pull request, such as {@code refs/heads/dev}
 * @param path the MI project's folder within the repository, {@code ""} for its root
 * @param tree the content of that folder
 * @param buildKey of sources, base image and builder together
 * @param reusable the image of that very build key, when the registry has one that may be used; else null
 * @param migration of its database, or null
 */
public record SourceState(
        CommitId commit, String ref, String path, TreeHash tree, String buildKey, Release reusable, Migration migration)
        implements Serializable {
    public SourceState with(Migration found) {
        return new SourceState(commit, ref, path, tree, buildKey, reusable, found);
    }
}
