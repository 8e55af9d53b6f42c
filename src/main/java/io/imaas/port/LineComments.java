package io.imaas.port;

import io.imaas.model.failure.Problem;
import io.imaas.model.source.CommitId;
import java.util.List;

/** Findings at their lines in a pull request, as its server shows them to reviewers. */
public interface LineComments {
    /** So many at once; the rest is in the pull request's one comment. */
    int MOST = 50;

    /**
     * Shows these findings and takes away what it showed before and is gone. A finding outside the lines that the server
     * shows of the change is left out. Repeating it is free.
     *
     * @param head the commit they were found in
     * @param marker whose findings these are; those of others stay
     * @param found errors are shown before warnings; paths are the repository's
     * @return how many are at their lines now
     */
    int annotate(int number, CommitId head, String marker, List<Found> found);

    /**
     * A finding.
     *
     * @param markdown the same words, for servers whose comments are Markdown
     */
    record Found(Problem problem, String markdown) {}
}
