package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.BranchName;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.diff.Edit;
import org.eclipse.jgit.diff.HistogramDiff;
import org.eclipse.jgit.diff.RawText;
import org.eclipse.jgit.diff.RawTextComparator;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Keeps a change from undoing one of higher precedence, whoever landed that and when. A field is a line here: the change
 * is refused when it would alter a line that the other one wrote and that nobody has altered since.
 */
final class Superseding {
    private final Clones clones;
    private final BranchName branch;

    Superseding(Clones clones, BranchName branch) {
        this.clones = clones;
        this.branch = branch;
    }

    /**
     * @param current the file now
     * @throws FailureException CONFLICT when a line of the file belongs to a change of higher precedence
     */
    void check(Change change, FileEdit edit, Optional<byte[]> current) throws IOException {
        for (ObjectId higher : clones.landed(branch).above(change.precedence())) {
            if (owns(higher, edit, current)) {
                throw FailureException.conflict(
                        "a change of higher precedence has set this already: commit " + higher.name(),
                        branch + ":" + edit.path(),
                        "decide again on what the branch holds now");
            }
        }
    }

    private boolean owns(ObjectId higher, FileEdit edit, Optional<byte[]> current) throws IOException {
        try (RevWalk walk = new RevWalk(holding(higher).repository())) {
            RevCommit commit = walk.parseCommit(higher);
            TreeEditor trees = new TreeEditor(walk.getObjectReader(), null);
            Optional<byte[]> written = trees.read(commit.getTree(), edit.path());
            RevCommit parent = commit.getParentCount() == 0 ? null : walk.parseCommit(commit.getParent(0));
            Optional<byte[]> before = parent == null ? Optional.empty() : trees.read(parent.getTree(), edit.path());
            if (written.isEmpty()) {
                return before.isPresent() && current.isEmpty();
            }
            BitSet owned = changed(written, before);
            owned.and(changed(written, wanted(edit, written)));
            owned.andNot(changed(written, current));
            return !owned.isEmpty();
        }
    }

    /** What the change would have made of the other one's result; unchanged when it does not apply to that at all. */
    private static Optional<byte[]> wanted(FileEdit edit, Optional<byte[]> written) {
        try {
            return edit.apply(written.map(byte[]::clone));
        } catch (FailureException doesNotApply) {
            return written;
        }
    }

    /** The lines of a text that are not in the other one. */
    private static BitSet changed(Optional<byte[]> text, Optional<byte[]> other) {
        RawText one = new RawText(text.orElseGet(() -> new byte[0]));
        RawText two = new RawText(other.orElseGet(() -> new byte[0]));
        List<Edit> edits = new HistogramDiff().diff(RawTextComparator.DEFAULT, one, two);
        BitSet lines = new BitSet();
        edits.forEach(edit -> lines.set(edit.getBeginA(), edit.getEndA()));
        return lines;
    }

    /** A mirror that has the commit with its files and its parent's. */
    private Mirror holding(ObjectId commit) throws IOException {
        Mirror tips = clones.tips();
        boolean near = tips.has(commit)
                && !tips.repository().getObjectDatabase().getShallowCommits().contains(commit);
        if (near) {
            return tips;
        }
        if (!clones.full().has(commit)) {
            clones.full().fetch(List.of(branch));
        }
        return clones.full();
    }
}
