package io.imaas.plan.snapshot;

import io.imaas.model.source.CommitId;
import java.io.Serializable;
import java.time.Instant;

/** A commit of a service's own repository, as it is told between two releases. */
public record SourceCommit(CommitId commit, Instant at, String author, String subject) implements Serializable {
    /** One line for people. */
    public String words() {
        return commit.abbreviated() + "  " + at + "  " + author + "  " + subject;
    }
}
