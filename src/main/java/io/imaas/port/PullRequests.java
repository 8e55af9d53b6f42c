package io.imaas.port;

import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Pull requests of one repository, and what its server shows of commits. Every write looks first: repeating it is free. */
public interface PullRequests extends LineComments {
    /** Opens a pull request, or finds the open one of the same two branches and updates its words. */
    PullRequest open(BranchName from, BranchName into, String title, String body);

    Optional<PullRequest> find(int number);

    /** Makes or rewrites the one comment that carries this hidden marker. What is too long is cut, and says so. */
    void comment(int number, String marker, String markdown);

    /** Sets the commit status of that name. */
    void status(CommitId commit, String context, State state, String description, String url);

    /**
     * Has the server merge it as soon as its own rules allow it: at once, or later by itself.
     *
     * @param expectedHead what is to be merged; nothing else is
     * @return the merge commit when it was merged at once, or is merged already
     * @throws io.imaas.model.failure.FailureException INPUT when the repository is not set up for it, CONFLICT when the head
     *     moved or the branches do not go together
     */
    Optional<CommitId> mergeWhenAllowed(int number, CommitId expectedHead);

    /** The pull request whose merge brought a commit into its branch; empty when it came another way. */
    Optional<Merge> mergedAs(CommitId commit);

    /** The newest verdict of each person. */
    List<Review> reviews(int number);

    /** Shows in which environment a commit runs, or is about to. */
    void deployed(Deployment deployment);

    /** A commit status. */
    enum State {
        PENDING,
        SUCCESS,
        FAILURE,
        ERROR
    }

    /**
     * @param mergeCommit null until merged
     * @param fork whether its head is in another repository, or in one that is gone
     */
    record PullRequest(int number, String url, CommitId head, boolean open, CommitId mergeCommit, boolean fork) {}

    /**
     * @param head what was merged, as its last review saw it
     * @param by account at the server; empty where it does not tell
     */
    record Merge(int number, CommitId head, String by) {}

    /**
     * @param author account at the server
     * @param approved or changes are asked for
     * @param commit the head that was reviewed; null where nobody knows
     * @param at when; {@link Instant#EPOCH} where nobody knows
     */
    record Review(String author, boolean approved, CommitId commit, Instant at) {}

    /**
     * @param environment such as {@code acme/prod/orders}
     * @param state pending while the rollout goes on
     * @param url of what tells more; may be empty
     */
    record Deployment(CommitId commit, String environment, State state, String description, String url) {}
}
