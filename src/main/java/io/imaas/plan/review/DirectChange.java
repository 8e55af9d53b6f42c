package io.imaas.plan.review;

import io.imaas.model.source.CommitId;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.Snapshot;
import java.io.Serializable;
import java.util.List;

/**
 * What somebody pushed or merged to an environment's branch themselves.
 *
 * @param before the branch as the orchestrator last left it
 * @param after the branch as it is now
 * @param paths the files that differ, sorted
 * @param author who did it
 * @param facts all environments now, and what is known of the releases that arrived
 */
public record DirectChange(
        EnvironmentState before,
        EnvironmentState after,
        List<String> paths,
        CommitId commit,
        String author,
        Snapshot facts)
        implements Serializable {
    public DirectChange {
        paths = List.copyOf(paths);
    }
}
