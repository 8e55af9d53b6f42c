package io.imaas.port;

import io.imaas.model.BranchName;
import io.imaas.model.CommitId;
import java.util.Optional;

/** Pull requests of one repository. */
public interface PullRequests {
    /** Opens a pull request, or finds the open one of the same two branches and updates its words. */
    PullRequest open(BranchName from, BranchName into, String title, String body);

    Optional<PullRequest> find(int number);

    /** Makes or rewrites the one comment that carries this hidden marker. */
    void comment(int number, String marker, String markdown);

    /** Sets the commit status of that name. */
    void status(CommitId commit, String context, State state, String description, String url);

    /** Merges when the server's rules allow it. */
    CommitId merge(int number, CommitId expectedHead);

    /** A commit status. */
    enum State {
        PENDING,
        SUCCESS,
        FAILURE,
        ERROR
    }

    /** @param mergeCommit null until merged */
    record PullRequest(int number, String url, CommitId head, boolean open, CommitId mergeCommit) {}
}
