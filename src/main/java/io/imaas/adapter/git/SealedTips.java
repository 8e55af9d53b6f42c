package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.source.TreeHash;
import io.imaas.port.Seal;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevSort;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Which commit of a sealed branch counts: the newest one whose seal holds. Whoever writes such a branch does so on top of
 * all that is there, so what counted once stays an ancestor for ever; that is remembered, and a branch that was put back
 * is found by it.
 */
record SealedTips(Clones clones, RepositoryUrl url) {
    private static final int ID = 40;

    /** The lines {@code tree ID} and {@code parent ID}. */
    private static final int AFTER_TREE = "tree ".length() + ID + 1;

    private static final int PARENT = "parent ".length() + ID + 1;
    private static final String MEMORY = "refs/imaas/sealed/";

    /** Takes note of what the branch was known to be, which this process may have written. */
    void note(BranchName branch, ObjectId known, Seal seal) throws IOException {
        if (known == null || !holds(known, seal)) {
            return;
        }
        Optional<ObjectId> before = remembered(branch, seal);
        if (before.isEmpty() || contains(known, before.get())) {
            remember(branch, known);
        }
    }

    /**
     * Takes note of what another branch's commit names as the one that counted when it was made: that is the memory of whoever
     * has none.
     *
     * @param tip of the branch as the server has it; null: there is no such branch
     * @param named null: nothing
     * @throws FailureException POLICY when it is on the server nowhere any more
     */
    void expect(BranchName branch, ObjectId tip, ObjectId named, Seal seal) throws IOException {
        if (named == null || (tip != null && contains(tip, named)) || isOnServer(branch, named)) {
            return;
        }
        if (!clones.tips().bring(named)) {
            throw FailureException.policy(
                    gone(branch, named, "which counted when what runs was decided"),
                    url + " " + branch,
                    "find a clone that has it, and push it from there: git push --force " + url + " " + named.name()
                            + ":" + branch.ref());
        }
        if (holds(named, seal)) {
            remember(branch, named);
        }
    }

    /** What counted here last; null where nothing did. */
    static ObjectId lastCounted(Repository repository, BranchName branch) throws IOException {
        Ref ref = repository.exactRef(MEMORY + branch);
        return ref == null ? null : ref.getObjectId();
    }

    /**
     * The commit that counts, or null where none is sealed.
     *
     * @param tip of the branch as the server has it; null: there is no such branch
     * @throws FailureException POLICY when the branch was put back
     */
    ObjectId counting(BranchName branch, ObjectId tip, Seal seal) throws IOException {
        Optional<ObjectId> before = remembered(branch, seal);
        if (tip == null && before.isEmpty()) {
            return null;
        }
        ObjectId counts = tip == null ? null : holds(tip, seal) ? tip : newest(branch, tip, seal);
        if (before.isPresent() && (counts == null || !contains(counts, before.get()))) {
            if (!isOnServer(branch, before.get())) {
                throw wentBack(branch, before.get());
            }
            // Another thread, or another process with the same folder, has seen a later tip since this one was read.
            return counts;
        }
        if (counts != null) {
            remember(branch, counts);
        }
        return counts;
    }

    private boolean holds(ObjectId commit, Seal seal) throws IOException {
        try (RevWalk walk = new RevWalk(clones.tips().repository())) {
            return holds(walk.parseCommit(commit), seal);
        } catch (MissingObjectException notHere) {
            return false;
        }
    }

    private static boolean holds(RevCommit commit, Seal seal) {
        String line = CommitMessage.trailers(commit).get(Trailers.SEAL);
        return line != null
                && seal.holds(
                        line, content(commit.getTree(), parents(commit.getRawBuffer()), CommitWords.when(commit)));
    }

    /** As the commit itself names them: in a clone without them JGit says that there are none. */
    private static List<ObjectId> parents(byte[] commit) {
        List<ObjectId> parents = new ArrayList<>();
        for (int at = AFTER_TREE; commit[at] == 'p'; at += PARENT) {
            parents.add(ObjectId.fromString(commit, at + PARENT - ID - 1));
        }
        return parents;
    }

    /** What a seal is made over. */
    static Seal.Content content(ObjectId tree, List<? extends ObjectId> parents, Instant at) {
        List<CommitId> ids = new ArrayList<>();
        parents.forEach(parent -> ids.add(new CommitId(parent.name())));
        return new Seal.Content(new TreeHash(tree.name()), ids, at);
    }

    /** Somebody else pushed last. Of two sealed commits neither of which holds the other, none can be believed. */
    private ObjectId newest(BranchName branch, ObjectId tip, Seal seal) throws IOException {
        clones.commits().fetchCommit(tip);
        try (RevWalk walk = new RevWalk(clones.commits().repository())) {
            RevCommit first = nextSealed(walk, tip, null, seal);
            if (first == null) {
                return null;
            }
            ObjectId newest = first.copy();
            walk.reset();
            if (nextSealed(walk, tip, newest, seal) != null) {
                throw FailureException.policy(
                        "the branch mixes two histories of records",
                        url + " " + branch,
                        "see who did: git log --graph " + branch + "; then push the right one with --force");
            }
            clones.tips().fetchCommit(newest);
            return newest;
        }
    }

    private static RevCommit nextSealed(RevWalk walk, ObjectId tip, ObjectId without, Seal seal) throws IOException {
        walk.sort(RevSort.TOPO);
        walk.markStart(walk.parseCommit(tip));
        if (without != null) {
            walk.markUninteresting(walk.parseCommit(without));
        }
        for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
            walk.parseBody(commit);
            if (holds(commit, seal)) {
                return commit;
            }
        }
        return null;
    }

    /**
     * Asked anew, and of the branch with all its commits: others write it meanwhile, so what is read one commit at a time
     * may lack the commits between.
     */
    private boolean isOnServer(BranchName branch, ObjectId remembered) throws IOException {
        ObjectId now = clones.commits().fetch(List.of(branch)).get(branch);
        return now != null && (now.equals(remembered) || clones.commits().merged(now, remembered));
    }

    /** Asked of what is here first; the server is asked for all commits where that does not tell. */
    private boolean contains(ObjectId descendant, ObjectId ancestor) throws IOException {
        if (descendant.equals(ancestor) || clones.tips().merged(descendant, ancestor)) {
            return true;
        }
        clones.commits().fetchCommit(descendant);
        return clones.commits().merged(descendant, ancestor);
    }

    /** One whose seal does not hold any more, because its key was taken off the list, is forgotten. */
    private Optional<ObjectId> remembered(BranchName branch, Seal seal) throws IOException {
        ObjectId last = lastCounted(clones.tips().repository(), branch);
        return last == null || !holds(last, seal) ? Optional.empty() : Optional.of(last);
    }

    private void remember(BranchName branch, ObjectId commit) throws IOException {
        Repository repository = clones.tips().repository();
        if (commit.equals(lastCounted(repository, branch))) {
            return;
        }
        RefUpdate update = repository.updateRef(MEMORY + branch);
        update.setForceUpdate(true);
        update.setNewObjectId(commit);
        // Of two threads that remember at once, the next look of the other is as good.
        update.update();
    }

    private FailureException wentBack(BranchName branch, ObjectId lost) throws IOException {
        return FailureException.policy(
                gone(branch, lost, "which an orchestrator sealed"),
                url + " " + branch,
                "put it on again: git --git-dir " + clones.tips().repository().getDirectory() + " push --force " + url
                        + " " + lost.name() + ":refs/heads/" + branch);
    }

    private static String gone(BranchName branch, ObjectId lost, String what) {
        return "the branch " + branch + " was put back: the commit "
                + lost.abbreviate(10).name() + ", " + what + ", is not on it any more";
    }
}
