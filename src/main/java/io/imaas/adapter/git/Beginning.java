package io.imaas.adapter.git;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.rollout.Trailers;
import io.imaas.port.Change;
import io.imaas.port.FileEdit;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.AndTreeFilter;
import org.eclipse.jgit.treewalk.filter.PathFilter;
import org.eclipse.jgit.treewalk.filter.PathSuffixFilter;

/**
 * An environment's branch that is not there yet begins with the files of the one before, but for releases that nobody
 * promotes: no gate has been asked about those, and they would be wanted there.
 */
final class Beginning {
    private final RevCommit source;
    private final List<String> withheld;

    private Beginning(RevCommit source, List<String> withheld) {
        this.source = source;
        this.withheld = withheld;
    }

    /** Whether a branch is that of the environment that the change is for, and not one for people to merge. */
    static boolean isOf(Change change) {
        return change.branch().value().equals(change.trailers().get(Trailers.ENVIRONMENT));
    }

    static Beginning of(Change change, RevCommit source, ObjectReader reader) throws IOException {
        Set<String> promoted = change.edits().stream().map(FileEdit::path).collect(Collectors.toSet());
        List<String> withheld = new ArrayList<>();
        try (TreeWalk paths = new TreeWalk(reader)) {
            paths.addTree(source.getTree());
            paths.setRecursive(true);
            paths.setFilter(AndTreeFilter.create(
                    PathFilter.create(GitOpsPaths.SERVICES), PathSuffixFilter.create("/release.yaml")));
            while (paths.next()) {
                String path = paths.getPathString();
                boolean release = GitOpsPaths.serviceOf(path)
                        .map(GitOpsPaths::release)
                        .filter(path::equals)
                        .isPresent();
                if (release && !promoted.contains(path)) {
                    withheld.add(path);
                }
            }
        }
        return new Beginning(source, withheld);
    }

    ObjectId tree(TreeEditor trees) throws IOException {
        TreeDraft tree = trees.open(source.getTree());
        for (String path : withheld) {
            tree.write(path, Optional.empty(), Optional.empty());
        }
        return tree.save();
    }

    /**
     * The first commit of the source's history, so that people can still merge what was left behind. Null where it has such
     * a release already, or where nothing was left behind and yet not all came along.
     */
    RevCommit merged(Mirror commits, Mirror tips, RevWalk walk, TreeEditor trees) throws IOException {
        if (withheld.isEmpty()) {
            return null;
        }
        commits.fetchCommit(source);
        ObjectId first;
        try (RevWalk history = new RevWalk(commits.repository())) {
            RevCommit commit = history.parseCommit(source);
            while (commit.getParentCount() > 0) {
                commit = history.parseCommit(commit.getParent(0));
            }
            first = commit.copy();
        }
        tips.fetchCommit(first);
        RevCommit root = walk.parseCommit(first);
        for (String path : withheld) {
            if (trees.entry(root.getTree(), path).isPresent()) {
                return null;
            }
        }
        return root;
    }
}
