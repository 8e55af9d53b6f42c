package io.imaas.port;

import io.imaas.model.record.ListedKey;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import java.io.Serializable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One repository on a Git server, read and written without a work tree. Reads take a commit, so that two reads never
 * see two states. A file of more than 1 MB is not read; a commit of more than 20,000 files or 32 levels of folders is
 * refused.
 */
public interface GitRepository extends GitHistory, SealedBranches {
    /**
     * The same repository, in which the trailers of commits count that an orchestrator signed while its key counted.
     *
     * @param listed the keys that the platform lists; none: our own alone
     */
    GitRepository believing(List<ListedKey> listed);

    /** The branch's tip on the server, or empty when there is no such branch. */
    default Optional<CommitId> head(BranchName branch) {
        return Optional.ofNullable(heads(List.of(branch)).get(branch));
    }

    /** The tips of branches on the server, asked for at once; branches that are not there are left out. */
    Map<BranchName, CommitId> heads(Collection<BranchName> branches);

    /** The same, but not asked for again when all of them were within this time. What this process landed is in it. */
    default Map<BranchName, CommitId> heads(Collection<BranchName> branches, Duration age) {
        return heads(branches);
    }

    /**
     * Tips as the server last told them, whichever branch it was asked about then: right after {@link #heads} or
     * {@link #sealed} none is older than that answer. About branches that are not known yet the server is asked at once.
     *
     * @return those that are there
     */
    default Map<BranchName, CommitId> lastSeen(Collection<BranchName> branches) {
        return heads(branches);
    }

    default Optional<CommitId> lastSeen(BranchName branch) {
        return Optional.ofNullable(lastSeen(List.of(branch)).get(branch));
    }

    /**
     * A file's bytes, or empty when the commit has no such file.
     *
     * @throws io.imaas.model.failure.FailureException INPUT when it is too large, a symbolic link or a submodule
     */
    Optional<byte[]> read(CommitId commit, String path);

    /**
     * Files of a commit, in one go. What the commit does not have is left out.
     *
     * @param paths of files, or of folders for all that is below them; {@code ""} is the whole tree
     */
    TextFiles readText(CommitId commit, Collection<String> paths);

    /** The paths of all files below a folder ({@code ""}: the whole tree), sorted. */
    List<String> list(CommitId commit, String folder);

    /** The content of a folder ({@code ""}: everything) as one id, or empty when the commit has no such folder. */
    Optional<TreeHash> tree(CommitId commit, String folder);

    /**
     * Brings a change onto its branch, or finds that it is there already: by its key in a commit's trailers, or because
     * the edits change no byte.
     *
     * @throws io.imaas.model.failure.FailureException CONFLICT when the change can't be applied to the branch as it is now
     *     or a precondition does not hold, POLICY when the server forbids it or a file stands against it, EXTERNAL when
     *     the server can't be reached
     */
    default Landed land(Change change) {
        return land(List.of(change)).get(0);
    }

    /**
     * Brings changes onto branches, one change a branch, all of them or none: in one atomic push. A server that can't do
     * that gets one push after the other, in the given order; the result says so. What a failure leaves undone then is
     * done by landing the same changes again.
     *
     * @return where each change is, in the given order
     * @throws io.imaas.model.failure.FailureException as {@link #land(Change)}
     */
    List<Landed> land(List<Change> changes);

    /**
     * Takes a branch away that is still where somebody left it; one that is gone already is not a failure.
     *
     * @param tip the commit that it must be at
     * @return whether it was there
     * @throws io.imaas.model.failure.FailureException CONFLICT when somebody moved it, POLICY when the server forbids it
     */
    boolean removeBranch(BranchName branch, CommitId tip);

    /**
     * Where a change is on its branch.
     *
     * @param commit the commit that holds it
     * @param created false when it was there already
     * @param atomic whether the branches that moved with it moved at one moment; false where the server can't do that, and
     *     they moved one after the other
     */
    record Landed(CommitId commit, boolean created, boolean atomic) implements Serializable {}
}
