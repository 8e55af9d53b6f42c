package io.imaas.plan.snapshot;

import io.imaas.model.source.CommitId;
import java.io.Serializable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What lies between two releases of a service beyond the files of the GitOps repository.
 *
 * @param labels of the images, those that differ, begun by {@code +} or {@code -}
 * @param labelsNote why nothing can be said of the labels, or empty
 * @param came commits of the sources that the newer side has and the older has not, newest first
 * @param gone commits that the older side alone has: then the two sides went different ways
 * @param commitsNote why nothing, or not all, can be said of the commits, or empty
 */
public record ReleaseGap(
        List<String> labels, String labelsNote, List<SourceCommit> came, List<SourceCommit> gone, String commitsNote)
        implements Serializable {
    public ReleaseGap {
        labels = List.copyOf(labels);
        came = List.copyOf(came);
        gone = List.copyOf(gone);
    }

    /** Labels, or the note that stands for them. */
    public List<String> labelLines() {
        return labelsNote.isEmpty() ? labels : List.of(labelsNote);
    }

    /** Commits begun by {@code +} or {@code -}, and the note at the end. */
    public List<String> commitLines() {
        List<String> lines = new ArrayList<>();
        came.forEach(commit -> lines.add("+ " + commit.words()));
        gone.forEach(commit -> lines.add("- " + commit.words()));
        if (!commitsNote.isEmpty()) {
            lines.add(commitsNote);
        }
        return lines;
    }

    /** A commit of a service's own repository, as it is told between two releases. */
    public record SourceCommit(CommitId commit, Instant at, String author, String subject) implements Serializable {
        /** One line for people. */
        public String words() {
            return commit.abbreviated() + "  " + at + "  " + author + "  " + subject;
        }
    }
}
