package io.imaas.adapter.git.history;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/**
 * Which paths each commit changed against its first parent, kept in a file beside the clone so that no commit is compared
 * twice. What is kept of a commit follows from its id alone: rewriting a branch adds commits and makes none wrong.
 *
 * <p>A merge is compared with its first parent, as {@code git log --first-parent} does: to its branch it is the commit
 * that brought the other side's changes.
 */
public final class ChangedPaths {
    /** Small enough that little is lost when the process ends while a long history is read for the first time. */
    private static final int COMMITS_IN_A_PIECE = 2_000;

    private final ChangedPathFile file;
    private ChangedPathTable table;
    private boolean keeping = true;

    public ChangedPaths(Path file) {
        this.file = new ChangedPathFile(file);
    }

    /** The newest first-parent commits that changed the path or something below it, newest first. */
    public synchronized List<ObjectId> changing(Repository repository, ObjectId tip, String path, int limit)
            throws IOException {
        advance(repository, tip);
        Set<Integer> sought = table.below(path);
        List<ObjectId> found = new ArrayList<>();
        for (int at = table.find(tip); at >= 0 && found.size() < limit; at = table.parent(at)) {
            if (table.changedAny(at, sought)) {
                found.add(table.id(at));
            }
        }
        return found;
    }

    /** For each file, the newest first-parent commit that changed it. */
    public synchronized Map<String, ObjectId> lastChanging(Repository repository, ObjectId tip, Set<String> paths)
            throws IOException {
        advance(repository, tip);
        Set<Integer> sought = new HashSet<>();
        paths.forEach(path -> table.number(path).ifPresent(sought::add));
        Map<String, ObjectId> found = new HashMap<>();
        for (int at = table.find(tip); at >= 0 && !sought.isEmpty(); at = table.parent(at)) {
            for (int path : table.changed(at)) {
                if (sought.remove(path)) {
                    found.put(table.path(path), table.id(at));
                }
            }
        }
        return found;
    }

    /** Forgets everything. */
    public synchronized void discard() throws IOException {
        table = null;
        keeping = true;
        file.delete();
    }

    /** Takes in the tip and its first parents down to one that is known: below that all are. */
    private void advance(Repository repository, ObjectId tip) throws IOException {
        if (table == null) {
            table = load();
        }
        try (RevWalk walk = new RevWalk(repository)) {
            walk.setRetainBody(false);
            List<RevCommit> unknown = new ArrayList<>();
            for (RevCommit commit = walk.parseCommit(tip);
                    commit != null && table.find(commit) < 0;
                    commit = parent(walk, commit)) {
                unknown.add(commit);
            }
            for (int end = unknown.size(); end > 0; end -= COMMITS_IN_A_PIECE) {
                List<RevCommit> piece = unknown.subList(Math.max(0, end - COMMITS_IN_A_PIECE), end);
                for (int i = piece.size() - 1; i >= 0; i--) {
                    add(walk, piece.get(i));
                }
                keep(table.drain());
            }
        } catch (IOException | RuntimeException | Error problem) {
            // What was not written must not be built on.
            table = null;
            throw problem;
        }
    }

    private void add(RevWalk walk, RevCommit commit) throws IOException {
        RevCommit parent = commit.getParentCount() == 0 ? null : commit.getParent(0);
        List<String> paths = new ArrayList<>();
        try (TreeWalk trees = new TreeWalk(walk.getObjectReader())) {
            if (parent == null) {
                trees.addTree(new EmptyTreeIterator());
            } else {
                trees.addTree(parent.getTree());
            }
            trees.addTree(commit.getTree());
            trees.setFilter(TreeFilter.ANY_DIFF);
            trees.setRecursive(true);
            while (trees.next()) {
                paths.add(trees.getPathString());
            }
        }
        table.add(commit.copy(), parent, paths);
    }

    private void keep(byte[] piece) {
        if (!keeping) {
            return;
        }
        try {
            file.append(piece);
        } catch (IOException noRoom) {
            // The answer does not depend on it; the next process works it out again.
            keeping = false;
        }
    }

    private ChangedPathTable load() throws IOException {
        ChangedPathTable loaded = new ChangedPathTable();
        try {
            for (byte[] piece : file.read()) {
                loaded.take(piece);
            }
            return loaded;
        } catch (BufferUnderflowException | IndexOutOfBoundsException | NegativeArraySizeException notOurs) {
            // Whole by its checksums and yet no table: written by something else. It is a cache.
            file.delete();
            return new ChangedPathTable();
        }
    }

    private static RevCommit parent(RevWalk walk, RevCommit commit) throws IOException {
        return commit.getParentCount() == 0 ? null : walk.parseCommit(commit.getParent(0));
    }
}
