package io.imaas.adapter.git;

import io.imaas.model.source.BranchName;
import io.imaas.port.Change;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/**
 * Which changes one branch holds, by key and by precedence, kept up with the branch's tip. Read from Git and from nothing else, so it is
 * right after any crash.
 */
final class LandedChanges {
    private final BranchName branch;
    private final Mirror tips;
    private final Mirror commits;
    private final Map<String, Entry> byKey = new HashMap<>();
    private final NavigableMap<Long, List<ObjectId>> byPrecedence = new TreeMap<>();
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
     */
    Optional<ObjectId> find(Change change) {
        Entry entry = byKey.get(change.key());
        String environment = change.trailers().getOrDefault(CommitMessage.ENVIRONMENT, "");
        boolean elsewhere = entry != null
                && !environment.isEmpty()
                && !entry.environment().isEmpty()
                && !environment.equals(entry.environment());
        return entry == null || elsewhere ? Optional.empty() : Optional.of(entry.commit());
    }

    /** Commits of higher precedence. */
    List<ObjectId> above(long precedence) {
        return byPrecedence.tailMap(precedence, false).values().stream()
                .flatMap(List::stream)
                .toList();
    }

    /** Takes in everything up to the given tip; null: there is no such branch. */
    void advance(ObjectId tip) throws IOException {
        if (tip == null) {
            clear();
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
        clear();
        try (RevWalk walk = new RevWalk(commits.repository())) {
            walk.markStart(walk.parseCommit(tip));
            for (RevCommit commit = walk.next(); commit != null; commit = walk.next()) {
                collect(commit);
            }
        }
    }

    private void clear() {
        byKey.clear();
        byPrecedence.clear();
    }

    private void collect(RevCommit commit) {
        Map<String, String> trailers = CommitMessage.trailers(commit);
        String key = trailers.get(CommitMessage.KEY);
        if (key != null) {
            String environment = trailers.getOrDefault(CommitMessage.ENVIRONMENT, "");
            byKey.putIfAbsent(key, new Entry(commit.copy(), environment));
        }
        long precedence = CommitMessage.precedence(trailers);
        if (precedence != 0) {
            byPrecedence.computeIfAbsent(precedence, level -> new ArrayList<>()).add(commit.copy());
        }
    }
}
