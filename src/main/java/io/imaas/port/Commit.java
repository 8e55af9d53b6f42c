package io.imaas.port;

import io.imaas.model.identity.GitWriter;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.CommitId;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A commit as history shows it.
 *
 * @param wrote who wrote it: the author first, then whom it names with {@code Co-authored-by}
 * @param committed who made the commit of it
 * @param trailers the orchestrator's own ({@code Imaas-*}) only where an orchestrator whose key counts signed the
 *     commit: anybody may write them
 */
public record Commit(
        CommitId id,
        List<CommitId> parents,
        List<GitWriter> wrote,
        GitWriter committed,
        Instant at,
        String subject,
        Map<String, String> trailers)
        implements Serializable {
    public String author() {
        return wrote.get(0).name();
    }

    /** Who asked for it: the person whom the orchestrator names in its own commits, otherwise the author. */
    public String actor() {
        return trailers.getOrDefault(Trailers.ACTOR, author());
    }

    public Commit {
        parents = List.copyOf(parents);
        wrote = List.copyOf(wrote);
        trailers = Map.copyOf(trailers);
    }
}
