package io.imaas.port;

import io.imaas.model.source.CommitId;
import java.io.Serializable;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A commit as history shows it. */
public record Commit(
        CommitId id, List<CommitId> parents, String author, Instant at, String subject, Map<String, String> trailers)
        implements Serializable {
    public Commit {
        parents = List.copyOf(parents);
        trailers = Map.copyOf(trailers);
    }
}
