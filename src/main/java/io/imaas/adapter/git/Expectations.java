package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.BranchName;
import io.imaas.port.Change;
import io.imaas.port.Precondition;
import io.imaas.port.Seal;
import io.imaas.port.TextFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilter;

/** Asks a change's preconditions of the branches as they are. */
record Expectations(RevWalk walk, TreeEditor trees, Branches branches) {
    /** Branches as the changes before this one leave them. */
    interface Branches {
        /** Null when there is no such branch. */
        ObjectId tip(BranchName branch) throws IOException;

        /** What counts of a sealed branch; null where nothing does. */
        ObjectId counting(BranchName branch, Seal seal) throws IOException;
    }

    /** @throws FailureException CONFLICT or POLICY when one does not hold */
    void check(Change change) throws IOException {
        for (Precondition expected : change.expected()) {
            ObjectId tip = branches.tip(expected.branch());
            if (expected instanceof Precondition.Head head) {
                check(head, tip);
            } else if (expected instanceof Precondition.Content content) {
                check(content, tip);
            } else if (expected instanceof Precondition.Unchanged unchanged) {
                check(unchanged, branches.counting(unchanged.branch(), unchanged.seal()));
            } else if (expected instanceof Precondition.Together together) {
                check(together, tip);
            } else if (expected instanceof Precondition.Absent absent) {
                check(absent, tip);
            }
        }
    }

    private static void check(Precondition.Head head, ObjectId tip) {
        String wanted = head.commit() == null ? null : head.commit().value();
        if (!Objects.equals(wanted, tip == null ? null : tip.name())) {
            throw FailureException.conflict(
                    "the branch has moved since this was decided, to "
                            + (tip == null ? "nothing" : tip.abbreviate(10).name()),
                    head.branch().value(),
                    "run it again, to decide on what it holds now");
        }
    }

    private void check(Precondition.Content content, ObjectId tip) throws IOException {
        Optional<TreeEditor.Entry> found = tip == null
                ? Optional.empty()
                : trees.entry(walk.parseCommit(tip).getTree(), content.path());
        String wanted = content.content() == null ? null : content.content().value();
        if (!Objects.equals(wanted, found.map(entry -> entry.id().name()).orElse(null))) {
            throw FailureException.conflict(
                    found.isEmpty() ? "the file was removed since this was decided" : "the file has changed meanwhile",
                    content.branch() + ":" + content.path(),
                    "run it again, to decide on what it holds now");
        }
    }

    private void check(Precondition.Together together, ObjectId tip) throws IOException {
        Map<String, String> texts = new HashMap<>();
        ObjectId tree = tip == null ? null : walk.parseCommit(tip).getTree();
        for (String path : together.paths()) {
            trees.read(tree, path).ifPresent(content -> texts.put(path, new String(content, StandardCharsets.UTF_8)));
        }
        together.check().accept(TextFiles.of(texts));
    }

    private void check(Precondition.Unchanged unchanged, ObjectId counts) throws IOException {
        ObjectId then = unchanged.commit() == null
                ? null
                : ObjectId.fromString(unchanged.commit().value());
        if (!Objects.equals(then, counts) && !at(then, unchanged).equals(at(counts, unchanged))) {
            throw FailureException.conflict(
                    "somebody said something else since this was decided",
                    unchanged.branch() + ":" + unchanged.path(),
                    "run it again, to decide on what is there now");
        }
    }

    /** The content of a file, or of all files of a folder. */
    private Map<String, ObjectId> at(ObjectId commit, Precondition.Unchanged unchanged) throws IOException {
        Map<String, ObjectId> files = new HashMap<>();
        if (commit == null) {
            return files;
        }
        try (TreeWalk all = new TreeWalk(walk.getObjectReader())) {
            all.addTree(walk.parseCommit(commit).getTree());
            all.setRecursive(true);
            all.setFilter(PathFilter.create(unchanged.path()));
            while (all.next()) {
                files.put(all.getPathString(), all.getObjectId(0));
            }
        }
        files.keySet().removeAll(unchanged.except());
        return files;
    }

    private void check(Precondition.Absent absent, ObjectId tip) throws IOException {
        Optional<byte[]> found = tip == null
                ? Optional.empty()
                : trees.read(walk.parseCommit(tip).getTree(), absent.path());
        if (found.isPresent()) {
            String first = new String(found.get(), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
            throw FailureException.policy(
                    absent.meaning() + ": " + first, absent.branch() + ":" + absent.path(), absent.fix());
        }
    }
}
