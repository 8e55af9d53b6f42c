package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.CommitId;
import io.imaas.port.GitHistory.ChangedFile.Mode;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.treewalk.TreeWalk;

/** Keeps a walk through somebody's tree from going on without end. */
final class Extent {
    private static final int MOST_PATHS = 20_000;
    private static final int DEEPEST = 32;

    private final CommitId commit;
    private int files;
    private int folders;

    Extent(CommitId commit) {
        this.commit = commit;
    }

    /** @throws FailureException INPUT when it is one file, one folder or one level too many */
    void enter(TreeWalk walk) {
        int paths = walk.isSubtree() ? ++folders : ++files;
        if (paths > MOST_PATHS || walk.getDepth() >= DEEPEST) {
            throw FailureException.input(
                    paths > MOST_PATHS
                            ? "the commit has more than " + MOST_PATHS + (walk.isSubtree() ? " folders" : " files")
                            : "the commit has folders more than " + DEEPEST + " levels deep",
                    commit.abbreviated(),
                    "take away what is not needed there");
        }
    }

    /** A folder is not a file: to whoever compares files it is not there. */
    static Mode mode(FileMode mode) {
        if (FileMode.REGULAR_FILE.equals(mode)) {
            return Mode.FILE;
        }
        if (FileMode.EXECUTABLE_FILE.equals(mode)) {
            return Mode.EXECUTABLE;
        }
        if (FileMode.SYMLINK.equals(mode)) {
            return Mode.SYMBOLIC_LINK;
        }
        return FileMode.GITLINK.equals(mode) ? Mode.SUBMODULE : Mode.ABSENT;
    }
}
