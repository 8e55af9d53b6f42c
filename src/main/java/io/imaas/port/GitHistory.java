package io.imaas.port;

import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the commits of a repository on a Git server tell of each other. */
public interface GitHistory {
    /**
     * Commits that changed a path ({@code ""}: any), newest first, first parents only.
     *
     * @param limit how many at the most
     */
    default List<Commit> history(BranchName branch, String path, int limit) {
        return histories(branch, Set.of(path), limit).getOrDefault(path, List.of());
    }

    /**
     * The same for many paths: the server is asked once. Empty where there is no such branch.
     *
     * @param limit how many commits of each path at the most
     */
    Map<String, List<Commit>> histories(BranchName branch, Set<String> paths, int limit);

    /**
     * For each path, the newest commit that changed it, first parents only; a path without one is left out. One walk,
     * however many paths.
     */
    Map<String, Commit> lastChanges(BranchName branch, Set<String> paths);

    /**
     * Commits that {@code newer} holds and {@code older} does not, newest first, {@code limit} at the most.
     *
     * @param older null: all that {@code newer} holds
     */
    List<Commit> between(CommitId older, CommitId newer, int limit);

    /**
     * What lies directly in a folder ({@code ""}: the topmost), whatever it is: its path, and its mode and its content as Git
     * names them, with a space between. Empty when the commit has no such folder.
     */
    Map<String, String> entries(CommitId commit, String folder);

    /** The files that differ between two commits, sorted by path. */
    List<ChangedFile> changed(CommitId before, CommitId after);

    /**
     * Commits as one file that {@code git bundle unbundle} takes, for whoever has no access to the server: each with the
     * files at some paths, and nothing of what came before it.
     *
     * @param commits paths of files or folders by commit; what a commit does not have is left out
     */
    byte[] bundle(Map<CommitId, Set<String>> commits);

    /** Whether {@code ancestor} is {@code descendant} or is reachable from it. */
    boolean contains(CommitId descendant, CommitId ancestor);

    /**
     * A file that differs between two commits, in its content or in its mode.
     *
     * @param before what the path was
     * @param after what the path is
     */
    record ChangedFile(String path, Mode before, Mode after) {
        /** What Git keeps of a file besides its content. */
        public enum Mode {
            /** There is no such file. */
            ABSENT,
            FILE,
            EXECUTABLE,
            SYMBOLIC_LINK,
            SUBMODULE
        }
    }
}
