package io.imaas.plan.snapshot;

import io.imaas.model.rollout.HealthRecord;
import io.imaas.model.rollout.Release;
import io.imaas.model.source.CommitId;

/**
 * The newest change of what a service reads in an environment, and whether somebody saw it live.
 *
 * @param commit the newest that changed its release, its values or the environment's own
 * @param health what is known of the release's digest there, or null
 * @param seen whether the commit that the health was observed at holds this change, and the manifests that were live then
 *     are those that are to run now
 */
public record LatestChange(Release release, CommitId commit, HealthRecord health, boolean seen)
        implements Snapshot.Fact {
    /** Whether a rollout saw this very change healthy. */
    public boolean live() {
        return health != null && health.status().passes() && seen;
    }

    /** The same, where a record must say with which manifests: one of before they did says nothing of a chart. */
    public boolean liveAsRendered() {
        return live() && health.manifests() != null;
    }
}
