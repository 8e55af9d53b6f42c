package io.imaas.adapter.git;

import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import io.imaas.port.Commit;
import io.imaas.port.GitHistory.ChangedFile;
import io.imaas.port.Seal;
import io.imaas.port.SealedBranches;
import io.imaas.port.TextFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** Answers questions about a repository from the smallest mirror that can. */
final class Reader {
    private final Clones clones;
    private final Commits commits;
    private final SealedTips sealed;

    Reader(Clones clones, SealedTips sealed, CommitSigning signing) {
        this.sealed = sealed;
        this.clones = clones;
        this.commits = new Commits(signing);
    }

    Map<BranchName, CommitId> heads(Collection<BranchName> branches) throws IOException {
        Map<BranchName, CommitId> heads = new HashMap<>();
        clones.tips().fetch(branches).forEach((branch, tip) -> heads.put(branch, new CommitId(tip.name())));
        return heads;
    }

    Optional<SealedBranches.Sealed> sealed(BranchName branch, Seal seal, List<List<BranchName>> named)
            throws IOException {
        sealed.note(branch, clones.tips().known(branch), seal);
        List<BranchName> all = new ArrayList<>(List.of(branch));
        named.forEach(all::addAll);
        Map<BranchName, ObjectId> tips = clones.tips().fetch(all);
        ObjectId tip = tips.get(branch);
        // Whoever has no memory asks every branch: it takes more to put back all of them.
        boolean first = SealedTips.lastCounted(clones.tips().repository(), branch) == null;
        for (List<BranchName> known : named) {
            for (ObjectId teller : known.stream()
                    .map(tips::get)
                    .filter(Objects::nonNull)
                    .limit(first ? known.size() : 1)
                    .toList()) {
                sealed.expect(branch, tip, commits.records(clones, teller), seal);
            }
        }
        ObjectId counts = sealed.counting(branch, tip, seal);
        return Optional.ofNullable(tip)
                .map(id -> new SealedBranches.Sealed(
                        counts == null ? null : new CommitId(counts.name()), new CommitId(id.name())));
    }

    Map<BranchName, CommitId> lastSeen(Collection<BranchName> branches) throws IOException {
        Map<BranchName, CommitId> tips = new HashMap<>();
        Set<BranchName> unseen = new HashSet<>();
        for (BranchName branch : branches) {
            ObjectId tip = clones.tips().followed(branch);
            if (tip == null) {
                unseen.add(branch);
            } else {
                tips.put(branch, new CommitId(tip.name()));
            }
        }
        if (!unseen.isEmpty()) {
            clones.tips().fetch(unseen).forEach((branch, tip) -> tips.put(branch, new CommitId(tip.name())));
        }
        return tips;
    }

    Optional<byte[]> read(CommitId commit, String path) throws IOException {
        Mirror mirror = holding(commit);
        try (RevWalk walk = new RevWalk(mirror.repository())) {
            return new TreeEditor(walk.getObjectReader(), null)
                    .read(walk.parseCommit(id(commit)).getTree(), path);
        }
    }

    TextFiles readText(CommitId commit, Collection<String> paths) throws IOException {
        if (paths.isEmpty()) {
            return TextFiles.of(Map.of());
        }
        SortedMap<String, String> texts = new TreeMap<>();
        SortedMap<String, Failure> unreadable = new TreeMap<>();
        List<String> wanted = new ArrayList<>();
        for (String path : paths) {
            try {
                wanted.add(requireName(path));
            } catch (FailureException noName) {
                // Somebody's commit may have such a name all the same, and other files beside it.
                unreadable.put(path, noName.failure());
            }
        }
        if (wanted.isEmpty()) {
            return new TextFiles(texts, unreadable);
        }
        walk(commit, wanted, (path, entry, objects) -> {
            try {
                texts.put(path, text(entry.content(objects, path), path));
            } catch (FailureException problem) {
                unreadable.put(path, problem.failure());
            }
        });
        return new TextFiles(texts, unreadable);
    }

    private static String text(byte[] content, String path) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException notText) {
            throw FailureException.input("this is not UTF-8 text", path, "save the file as UTF-8");
        }
    }

    List<String> list(CommitId commit, String folder) throws IOException {
        List<String> paths = new ArrayList<>();
        walk(commit, List.of(requireName(folder)), (path, entry, objects) -> paths.add(path));
        paths.remove(folder);
        paths.sort(null);
        return paths;
    }

    /** @return the path without a slash at its end */
    private static String requireName(String path) {
        String plain = path.replaceAll("/+$", "");
        if (!plain.isEmpty()) {
            FilePaths.split(plain);
        }
        return plain;
    }

    private interface Visitor {
        void visit(String path, TreeEditor.Entry entry, ObjectReader objects) throws IOException;
    }

    /**
     * All files below the folders, and the files themselves that are named.
     *
     * @param names as {@link #requireName} gives them
     */
    private void walk(CommitId commit, Collection<String> names, Visitor visitor) throws IOException {
        Set<String> wanted = new TreeSet<>(names);
        Mirror mirror = holding(commit);
        try (RevWalk walk = new RevWalk(mirror.repository());
                TreeWalk tree = new TreeWalk(walk.getObjectReader())) {
            tree.addTree(walk.parseCommit(id(commit)).getTree());
            if (!wanted.contains("")) {
                tree.setFilter(PathFilterGroup.createFromStrings(wanted));
            }
            Extent extent = new Extent(commit);
            while (tree.next()) {
                extent.enter(tree);
                if (tree.isSubtree()) {
                    tree.enterSubtree();
                } else {
                    visitor.visit(
                            tree.getPathString(),
                            new TreeEditor.Entry(tree.getNameString(), tree.getFileMode(), tree.getObjectId(0)),
                            walk.getObjectReader());
                }
            }
        }
    }

    List<ChangedFile> changed(CommitId before, CommitId after) throws IOException {
        Mirror mirror = holding(after);
        mirror.fetchCommit(id(before));
        List<ChangedFile> changed = new ArrayList<>();
        try (RevWalk walk = new RevWalk(mirror.repository());
                TreeWalk trees = new TreeWalk(walk.getObjectReader())) {
            trees.addTree(walk.parseCommit(id(before)).getTree());
            trees.addTree(walk.parseCommit(id(after)).getTree());
            trees.setFilter(TreeFilter.ANY_DIFF);
            Extent extent = new Extent(after);
            while (trees.next()) {
                extent.enter(trees);
                ChangedFile.Mode old = Extent.mode(trees.getFileMode(0));
                ChangedFile.Mode now = Extent.mode(trees.getFileMode(1));
                if (old != now || (old != ChangedFile.Mode.ABSENT && !trees.idEqual(0, 1))) {
                    changed.add(new ChangedFile(trees.getPathString(), old, now));
                }
                if (trees.isSubtree()) {
                    trees.enterSubtree();
                }
            }
        }
        changed.sort(Comparator.comparing(ChangedFile::path));
        return changed;
    }

    Optional<TreeHash> tree(CommitId commit, String folder) throws IOException {
        Mirror mirror = holding(commit);
        String below = folder.replaceAll("/+$", "");
        try (RevWalk walk = new RevWalk(mirror.repository())) {
            RevCommit parsed = walk.parseCommit(id(commit));
            if (below.isEmpty()) {
                return Optional.of(new TreeHash(parsed.getTree().name()));
            }
            try (TreeWalk found = TreeWalk.forPath(walk.getObjectReader(), below, parsed.getTree())) {
                return found == null || found.getFileMode(0) != FileMode.TREE
                        ? Optional.empty()
                        : Optional.of(new TreeHash(found.getObjectId(0).name()));
            }
        }
    }

    Map<String, String> entries(CommitId commit, String folder) throws IOException {
        Optional<TreeHash> tree = tree(commit, folder);
        if (tree.isEmpty()) {
            return Map.of();
        }
        try (ObjectReader objects = holding(commit).repository().newObjectReader()) {
            CanonicalTreeParser parser = new CanonicalTreeParser();
            parser.reset(objects, ObjectId.fromString(tree.get().value()));
            return entries(parser, folder.isEmpty() ? "" : folder + "/");
        }
    }

    /** What lies directly in a folder, by path, as {@link io.imaas.port.GitHistory#entries} tells it. */
    static Map<String, String> entries(CanonicalTreeParser parser, String below) {
        Map<String, String> entries = new TreeMap<>();
        for (; !parser.eof(); parser.next()) {
            entries.put(
                    below + parser.getEntryPathString(),
                    parser.getEntryFileMode() + " " + parser.getEntryObjectId().name());
        }
        return entries;
    }

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

    byte[] bundle(Map<CommitId, Set<String>> commits) throws IOException {
        Bundle bundle = new Bundle();
        for (Map.Entry<CommitId, Set<String>> wanted : commits.entrySet()) {
            bundle.add(holding(wanted.getKey()).repository(), id(wanted.getKey()), wanted.getValue());
        }
        return bundle.bytes();
    }

    boolean contains(CommitId descendant, CommitId ancestor) throws IOException {
        if (descendant.equals(ancestor)) {
            return true;
        }
        if (merged(clones.tips(), descendant, ancestor)) {
            return true;
        }
        if (merged(clones.tips(), ancestor, descendant)) {
            return false;
        }
        // What was cut off in the smaller mirror may hold it.
        Mirror mirror = clones.commits();
        bring(mirror, descendant);
        if (!mirror.has(id(ancestor))) {
            // All that the descendant reaches is here now.
            return false;
        }
        return merged(mirror, descendant, ancestor);
    }

    private static boolean merged(Mirror mirror, CommitId descendant, CommitId ancestor) throws IOException {
        return mirror.merged(id(descendant), id(ancestor));
    }

    List<Commit> between(CommitId older, CommitId newer, int limit) throws IOException {
        Mirror mirror = clones.commits();
        bring(mirror, newer);
        if (older != null) {
            bring(mirror, older);
        }
        try (RevWalk walk = new RevWalk(mirror.repository())) {
            walk.markStart(walk.parseCommit(id(newer)));
            if (older != null) {
                walk.markUninteresting(walk.parseCommit(id(older)));
            }
            List<Commit> found = new ArrayList<>();
            for (RevCommit commit = walk.next(); commit != null && found.size() < limit; commit = walk.next()) {
                found.add(commits.describe(mirror.repository(), commit));
            }
            return found;
        }
    }

    private Mirror holding(CommitId commit) throws IOException {
        if (clones.tips().has(id(commit))) {
            return clones.tips();
        }
        if (!clones.full().has(id(commit))) {
            bring(clones.tips(), commit);
            return clones.tips();
        }
        return clones.full();
    }

    private static void bring(Mirror mirror, CommitId commit) throws IOException {
        if (!mirror.bring(id(commit))) {
            throw FailureException.input(
                    "the repository on the server does not have commit " + commit,
                    "",
                    "push it (git push), or check the commit");
        }
    }

    private static ObjectId id(CommitId commit) {
        return ObjectId.fromString(commit.value());
    }
}
