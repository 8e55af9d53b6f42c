package io.imaas.adapter.git;

import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.port.Commit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;

/** Which commits there are, and what each changed. */
record HistoryReader(Clones clones, Commits commits) {
    Map<String, List<Commit>> histories(BranchName branch, Set<String> paths, int limit) throws IOException {
        Mirror mirror = paths.equals(Set.of("")) ? clones.commits() : clones.full();
        ObjectId tip = mirror.fetch(List.of(branch)).get(branch);
        Map<String, List<Commit>> found = new HashMap<>();
        if (tip == null) {
            return found;
        }
        try (RevWalk walk = new RevWalk(mirror.repository())) {
            for (String path : paths) {
                found.put(
                        path,
                        path.isEmpty()
                                ? all(mirror.repository(), walk, tip, limit)
                                : described(
                                        mirror.repository(),
                                        walk,
                                        clones.changedPaths().changing(mirror.repository(), tip, path, limit)));
            }
        }
        return found;
    }

    private List<Commit> all(Repository repository, RevWalk walk, ObjectId tip, int limit) throws IOException {
        List<Commit> found = new ArrayList<>();
        RevCommit commit = walk.parseCommit(tip);
        while (commit != null && found.size() < limit) {
            found.add(commits.describe(repository, commit));
            commit = commit.getParentCount() == 0 ? null : walk.parseCommit(commit.getParent(0));
        }
        return found;
    }

    private List<Commit> described(Repository repository, RevWalk walk, List<ObjectId> ids) throws IOException {
        List<Commit> found = new ArrayList<>();
        for (ObjectId id : ids) {
            found.add(commits.describe(repository, walk.parseCommit(id)));
        }
        return found;
    }

    Map<String, Commit> lastChanges(BranchName branch, Set<String> paths) throws IOException {
        Mirror mirror = clones.full();
        ObjectId tip = mirror.fetch(List.of(branch)).get(branch);
        Map<String, Commit> found = new HashMap<>();
        if (tip == null) {
            return found;
        }
        try (RevWalk walk = new RevWalk(mirror.repository())) {
            Map<String, ObjectId> ids = clones.changedPaths().lastChanging(mirror.repository(), tip, paths);
            for (Map.Entry<String, ObjectId> entry : ids.entrySet()) {
                found.put(entry.getKey(), commits.describe(mirror.repository(), walk.parseCommit(entry.getValue())));
            }
        }
        return found;
    }

    boolean contains(CommitId descendant, CommitId ancestor) throws IOException {
        if (descendant.equals(ancestor)) {
            return true;
        }
        ObjectId below = Clones.id(descendant);
        ObjectId above = Clones.id(ancestor);
        if (clones.tips().merged(below, above)) {
            return true;
        }
        if (clones.tips().merged(above, below)) {
            return false;
        }
        // What was cut off in the smaller mirror may hold it.
        Mirror mirror = clones.commits();
        Clones.bring(mirror, descendant);
        if (!mirror.has(above)) {
            // All that the descendant reaches is here now.
            return false;
        }
        return mirror.merged(below, above);
    }

    List<Commit> between(CommitId older, CommitId newer, int limit) throws IOException {
        Mirror mirror = clones.commits();
        Clones.bring(mirror, newer);
        if (older != null) {
            Clones.bring(mirror, older);
        }
        try (RevWalk walk = new RevWalk(mirror.repository())) {
            walk.markStart(walk.parseCommit(Clones.id(newer)));
            if (older != null) {
                walk.markUninteresting(walk.parseCommit(Clones.id(older)));
            }
            List<Commit> found = new ArrayList<>();
            for (RevCommit commit = walk.next(); commit != null && found.size() < limit; commit = walk.next()) {
                found.add(commits.describe(mirror.repository(), commit));
            }
            return found;
        }
    }
}
