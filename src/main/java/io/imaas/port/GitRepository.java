package io.imaas.port;

import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import java.util.List;
import java.util.Optional;

/**
 * One repository on a Git server, read and written without a work tree. Reads take a commit, so that two reads never
 * see two states.
 */
public interface GitRepository extends GitHistory {
    /** The branch's tip on the server, or empty when there is no such branch. */
    Optional<CommitId> head(BranchName branch);

    /** A file's bytes, or empty when the commit has no such file. */
    Optional<byte[]> read(CommitId commit, String path);

    /** The paths of all files below a folder ({@code ""}: the whole tree), sorted. */
    List<String> list(CommitId commit, String folder);

    /**
     * Brings a change onto its branch, or finds that it is there already: by its key in a commit's trailers, or because
     * the edits change no byte.
     *
     * @throws io.imaas.model.failure.FailureException CONFLICT when the change can't be applied to the branch as it is now,
     *     POLICY when the server forbids it, EXTERNAL when the server can't be reached
     */
    Landed land(Change change);

    /** The content of a folder ({@code ""}: everything) as one id, or empty when the commit has no such folder. */
    Optional<TreeHash> tree(CommitId commit, String folder);
}
