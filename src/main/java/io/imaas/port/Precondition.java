package io.imaas.port;

import io.imaas.model.source.BlobId;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * What a decision rests on, asked again on the server's branches as they are when the change lands. The branch may be
 * another one than the change's own.
 */
public sealed interface Precondition {
    /** The branch that is looked at. */
    BranchName branch();

    /** The branch's tip is still this commit, or there is still no such branch where it is null. Otherwise: CONFLICT. */
    record Head(BranchName branch, CommitId commit) implements Precondition {}

    /** The file still has this content, or is still not there where it is null. Otherwise: CONFLICT. */
    record Content(BranchName branch, String path, BlobId content) implements Precondition {}

    /**
     * The change still goes together with what the branch holds, and with what others bring in the same push. Otherwise: what
     * the check throws.
     *
     * @param paths of the files that it looks at, there or not
     */
    record Together(BranchName branch, List<String> paths, Consumer<TextFiles> check) implements Precondition {}

    /**
     * A file or a folder of a sealed branch is still what it was at a commit. Otherwise: CONFLICT.
     *
     * @param commit what was read; null: there was nothing
     * @param except files that may differ
     */
    record Unchanged(BranchName branch, CommitId commit, String path, Seal seal, Set<String> except)
            implements Precondition {}

    /**
     * There is no such file. Otherwise: POLICY, with the file's first line.
     *
     * @param meaning what it means that the file is there, for example {@code a hold was set meanwhile}
     * @param fix a command that helps
     */
    record Absent(BranchName branch, String path, String meaning, String fix) implements Precondition {}
}
