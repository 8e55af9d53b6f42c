package io.imaas.adapter.git;

import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.BranchName;
import io.imaas.port.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Which keyed changes one branch holds, kept up with the branch's tip. Read from Git and from nothing else, so it is right
 * after any crash. Anybody may write a key: it counts in the orchestrator's own commits alone.
 */
final class LandedChanges {
    private final BranchName branch;
    private final Mirror tips;
    private final Mirror commits;
    private final Map<String, List<Entry>> byKey = new HashMap<>();
    private ObjectId upTo;

    /** @param environment of the change; empty when the commit does not say */
    private record Entry(ObjectId commit, String environment) {}

    LandedChanges(BranchName branch, Mirror tips, Mirror commits) {
        this.branch = branch;
        this.tips = tips;
        this.commits = commits;
    }

    /**
     * The commit of the branch that carries the change's key. A merge brings other environments' commits along: one that
     * names another environment than the change does is not it.
     *
     * @param signing knows whose commits count
     */
    Optional<ObjectId> find(Change change, CommitSigning signing) throws IOException {
        String environment = change.trailers().getOrDefault(Trailers.ENVIRONMENT, "");
        for (Entry entry : byKey.getOrDefault(change.key(), List.of())) {
            boolean elsewhere = !environment.isEmpty()
                    && !entry.environment().isEmpty()
                    && !environment.equals(entry.environment());
            if (!elsewhere && isOwn(entry.commit(), signing)) {
                return Optional.of(entry.commit());
            }
        }
        return Optional.empty();
    }

    private boolean isOwn(ObjectId commit, CommitSigning signing) throws IOException {
        Repository repository = tips.has(commit) ? tips.repository() : commits.repository();
        try (RevWalk walk = new RevWalk(repository)) {
            return signing.allows(repository, walk.parseCommit(commit));
        }
    }

    /** Takes in everything up to the given tip; null: there is no such branch. */
    void advance(ObjectId tip) throws IOException {
        if (tip == null) {
            byKey.clear();
        } else if (!tip.equals(upTo) && !addRecent(tip)) {
            addAll(tip);
        }
        upTo = tip;
    }

    /** Takes in only what is new since the last time; gives up (false) when that cannot be told from the tips alone. */
    private boolean addRecent(ObjectId tip) throws IOException {
        Repository repository = tips.repository();
        Set<ObjectId> shallow = repository.getObjectDatabase().getShallowCommits();
        List<RevCommit> found = new ArrayList<>();
        try (RevWalk walk = new RevWalk(repository)) {
            walk.markStart(walk.parseCommit(tip));
            if (upTo != null) {
                RevCommit old = walk.parseCommit(upTo);
                if (!walk.isMergedInto(old, walk.parseCommit(tip))) {
                    return false;
                }
                walk.reset();
                walk.markStart(walk.parseCommit(tip));
                walk.markUninteresting(old);
            }
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                if (shallow.contains(commit)) {
                    return false;
                }
                found.add(commit);
            }
        } catch (MissingObjectException notHere) {
            return false;
        }
        found.forEach(this::collect);
        return true;
    }

    private void addAll(ObjectId tip) throws IOException {
        if (!commits.has(tip)) {
            commits.fetch(List.of(branch));
        }
        if (!commits.has(tip)) {
            commits.fetchCommit(tip);
        }
        byKey.clear();
        try (RevWalk walk = new RevWalk(commits.repository())) {
            walk.markStart(walk.parseCommit(tip));
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                collect(commit);
            }
        }
    }

    private void collect(RevCommit commit) {
        Map<String, String> trailers = CommitMessage.trailers(commit);
        String key = trailers.get(Trailers.KEY);
        if (key != null) {
            String environment = trailers.getOrDefault(Trailers.ENVIRONMENT, "");
            byKey.computeIfAbsent(key, fresh -> new ArrayList<>()).add(new Entry(commit.copy(), environment));
        }
    }
}
