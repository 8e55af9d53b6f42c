package io.imaas.adapter.git;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.TreeHash;
import io.imaas.port.GitHistory.ChangedFile;
import io.imaas.port.TextFiles;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;
import org.eclipse.jgit.treewalk.filter.TreeFilter;

/** What commits hold, from the smallest mirror that can tell. */
record TreeReader(Clones clones) {
    Optional<byte[]> read(CommitId commit, String path) throws IOException {
        Mirror mirror = clones.holding(commit);
        try (RevWalk walk = new RevWalk(mirror.repository())) {
            return new TreeEditor(walk.getObjectReader(), null)
                    .read(walk.parseCommit(Clones.id(commit)).getTree(), path);
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
                if (texts.remove(path) != null || unreadable.containsKey(path)) {
                    throw FailureException.input(
                            "the commit holds two files of this name, and programs show one or the other",
                            path,
                            "delete the file, commit that, and commit the right one");
                }
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
        Mirror mirror = clones.holding(commit);
        try (RevWalk walk = new RevWalk(mirror.repository());
                TreeWalk tree = new TreeWalk(walk.getObjectReader())) {
            tree.addTree(walk.parseCommit(Clones.id(commit)).getTree());
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
        Mirror mirror = clones.holding(after);
        mirror.fetchCommit(Clones.id(before));
        List<ChangedFile> changed = new ArrayList<>();
        try (RevWalk walk = new RevWalk(mirror.repository());
                TreeWalk trees = new TreeWalk(walk.getObjectReader())) {
            trees.addTree(walk.parseCommit(Clones.id(before)).getTree());
            trees.addTree(walk.parseCommit(Clones.id(after)).getTree());
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
        Mirror mirror = clones.holding(commit);
        String below = folder.replaceAll("/+$", "");
        try (RevWalk walk = new RevWalk(mirror.repository())) {
            RevCommit parsed = walk.parseCommit(Clones.id(commit));
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
        try (ObjectReader objects = clones.holding(commit).repository().newObjectReader()) {
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

    byte[] bundle(Map<CommitId, Set<String>> commits) throws IOException {
        Bundle bundle = new Bundle();
        for (Map.Entry<CommitId, Set<String>> wanted : commits.entrySet()) {
            bundle.add(clones.holding(wanted.getKey()).repository(), Clones.id(wanted.getKey()), wanted.getValue());
        }
        return bundle.bytes();
    }
}
