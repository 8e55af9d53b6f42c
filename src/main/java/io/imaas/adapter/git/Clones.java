package io.imaas.adapter.git;

import io.imaas.adapter.git.history.ChangedPaths;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.lib.ObjectId;

/** The mirrors of one repository, and what is known of its branches from them. */
final class Clones implements AutoCloseable {
    private final CacheSlot slot;
    private final Mirror tips;
    private final Mirror commits;
    private final Mirror full;
    private final ChangedPaths changedPaths;
    private final Map<BranchName, LandedChanges> landed = new HashMap<>();

    Clones(CacheSlot slot, Connection connection) {
        this.slot = slot;
        this.tips = new Mirror(slot.folder(), connection, Coverage.TIPS);
        this.commits = new Mirror(slot.folder(), connection, Coverage.COMMITS);
        this.full = new Mirror(slot.folder(), connection, Coverage.FULL);
        this.changedPaths = new ChangedPaths(slot.folder().resolve("changed-paths"));
    }

    Mirror tips() {
        return tips;
    }

    Mirror commits() {
        return commits;
    }

    Mirror full() {
        return full;
    }

    /**
     * The smallest mirror that has a commit with its files, once it is fetched.
     *
     * @throws FailureException INPUT when the server does not have it
     */
    Mirror holding(CommitId commit) throws IOException {
        Mirror known = tips.has(id(commit)) || !full.has(id(commit)) ? tips : full;
        if (!known.has(id(commit))) {
            bring(known, commit);
        }
        return known;
    }

    /** @throws FailureException INPUT when the server does not have the commit */
    static void bring(Mirror mirror, CommitId commit) throws IOException {
        if (!mirror.bring(id(commit))) {
            throw FailureException.input(
                    "the repository on the server does not have commit " + commit, "", "git push origin HEAD");
        }
    }

    static ObjectId id(CommitId commit) {
        return ObjectId.fromString(commit.value());
    }

    /** Which commits of {@link #full()} changed what. */
    ChangedPaths changedPaths() {
        return changedPaths;
    }

    /** Which keyed changes a branch holds; for the writer's thread alone. */
    LandedChanges landed(BranchName branch) {
        return landed.computeIfAbsent(branch, name -> new LandedChanges(name, tips, commits));
    }

    /** Whether a failure is the clones' own, so that throwing them away may help. */
    static boolean isOurs(IOException problem) {
        return !(problem instanceof TransportException) || problem.getCause() instanceof MissingObjectException;
    }

    /** Begins again with empty clones. */
    void discard() throws IOException {
        tips.discard();
        commits.discard();
        full.discard();
        changedPaths.discard();
    }

    @Override
    public void close() {
        tips.close();
        commits.close();
        full.close();
        slot.close();
    }
}
