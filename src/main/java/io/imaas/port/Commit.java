package io.imaas.port;

import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.CommitId;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A commit as history shows it.
 *
 * @param wrote who wrote it, as {@code Name <mail>}: the author, and whom it names with {@code Co-authored-by}
 * @param committed who made the commit of it, alike
 * @param trailers the orchestrator's own ({@code Imaas-*}) only where nothing speaks against the commit being its own:
 *     anybody may write them
 */
public record Commit(
        CommitId id,
        List<CommitId> parents,
        String author,
        List<String> wrote,
        String committed,
        Instant at,
        String subject,
        Map<String, String> trailers)
        implements Serializable {
    /** Who asked for it: the person whom the orchestrator names in its own commits, otherwise the author. */
    public String actor() {
        return trailers.getOrDefault(Trailers.ACTOR, author);
    }

    public Commit {
        parents = List.copyOf(parents);
        wrote = List.copyOf(wrote);
        trailers = Map.copyOf(trailers);
    }
}
