package io.imaas.plan.review;

import io.imaas.model.identity.Actor;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.plan.snapshot.EnvironmentState;
import io.imaas.plan.snapshot.Snapshot;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What somebody pushed or merged to an environment's branch themselves.
 *
 * @param before the branch as the orchestrator last left it
 * @param after the branch as it is now
 * @param paths the files that differ, sorted
 * @param author who did it, by their own word
 * @param pulls what the Git server knows of it
 * @param running the files of services that are not those that run, as these are; null: it is not there
 * @param unrendered services whose manifests are not what the branch wants
 * @param returning those of them that the orchestrator itself rolled back, where it was cut off before their manifests
 * @param facts all environments now, and what is known of the releases that arrived
 */
public record DirectChange(
        EnvironmentState before,
        EnvironmentState after,
        List<String> paths,
        CommitId commit,
        String author,
        PullRequestFacts pulls,
        Map<String, String> running,
        Set<ServiceName> unrendered,
        Set<ServiceName> returning,
        Snapshot facts)
        implements Serializable {
    public DirectChange {
        running = Collections.unmodifiableMap(new TreeMap<>(running));
        paths = List.copyOf(paths);
        unrendered = Set.copyOf(unrendered);
        returning = Set.copyOf(returning);
    }

    /** Who wants it: whoever merged it, as the Git server knows them, or its author. */
    Actor requester() {
        return pulls.mergedBy().orElseGet(() -> Actor.unverified(author));
    }
}
