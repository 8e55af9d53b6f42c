package io.imaas.adapter.git;

import java.io.IOException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.revwalk.filter.RevFilter;
import org.eclipse.jgit.treewalk.EmptyTreeIterator;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Decides whether a commit may call itself a merge. */
record Ancestors(Clones clones) {
    private static final int RESULT = 0;
    private static final int SOURCE = 1;
    private static final int BASE = 2;

    /**
     * Whether a tree holds everything that a commit changed since it parted from a branch: for every path, content and mode.
     * A commit that the branch has already is none to merge.
     *
     * @param tree readable through the walk of the source
     */
    boolean carriesAll(ObjectId tree, RevCommit source, Chain chain, RevWalk walk) throws IOException {
        ObjectId base = null;
        if (chain.base() != null) {
            try {
                base = mergeBase(chain.base(), source);
            } catch (TransportException notHandedOut) {
                return false;
            }
            if (source.equals(base)) {
                return false;
            }
        }
        try (TreeWalk paths = new TreeWalk(walk.getObjectReader())) {
            paths.addTree(tree);
            paths.addTree(source.getTree());
            if (base == null) {
                paths.addTree(new EmptyTreeIterator());
            } else {
                paths.addTree(walk.parseCommit(base).getTree());
            }
            paths.setFilter(TreeFilter.ANY_DIFF);
            paths.setRecursive(true);
            while (paths.next()) {
                if (!same(paths, SOURCE, RESULT) && !same(paths, SOURCE, BASE)) {
                    return false;
                }
            }
            return true;
        }
    }

    private static boolean same(TreeWalk paths, int one, int other) {
        return paths.getRawMode(one) == paths.getRawMode(other) && paths.idEqual(one, other);
    }

    /** The newest commit that both have, or null; also brought into the mirror of the tips, with its files. */
    private ObjectId mergeBase(ObjectId one, ObjectId other) throws IOException {
        Mirror commits = clones.commits();
        commits.fetchCommit(one);
        commits.fetchCommit(other);
        try (RevWalk walk = new RevWalk(commits.repository())) {
            walk.setRevFilter(RevFilter.MERGE_BASE);
            walk.markStart(walk.parseCommit(one));
            walk.markStart(walk.parseCommit(other));
            RevCommit base = walk.next();
            if (base != null) {
                clones.tips().fetchCommit(base);
            }
            return base == null ? null : base.copy();
        }
    }
}
