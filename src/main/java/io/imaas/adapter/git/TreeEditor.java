package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * Reads and writes single files of a tree. A write rewrites the trees on the file's path and no other: its cost follows
 * the depth of the path and the width of its folders, not the size of the repository.
 */
final class TreeEditor {
    private final ObjectReader reader;
    private final ObjectInserter inserter;
    private final TreeListings listings;

    TreeEditor(ObjectReader reader, ObjectInserter inserter) {
        this(reader, inserter, null);
    }

    private TreeEditor(ObjectReader reader, ObjectInserter inserter, TreeListings listings) {
        this.reader = reader;
        this.inserter = inserter;
        this.listings = listings;
    }

    /** For many reads of one commit. */
    static TreeEditor reading(ObjectReader reader, TreeListings listings) {
        return new TreeEditor(reader, null, listings);
    }

    /** The file's bytes, or empty when the tree (null: the empty one) has no such file. */
    Optional<byte[]> read(ObjectId tree, String path) throws IOException {
        ObjectId at = tree;
        List<String> names = FilePaths.split(path);
        for (int i = 0; i < names.size() && at != null; i++) {
            Entry entry = find(at, bytes(names.get(i)));
            boolean last = i == names.size() - 1;
            if (entry == null || last == entry.isFolder()) {
                return Optional.empty();
            }
            if (last) {
                entry.requireRegular(path);
            }
            at = entry.id();
        }
        return at == null
                ? Optional.empty()
                : Optional.of(reader.open(at, Constants.OBJ_BLOB).getCachedBytes(Integer.MAX_VALUE));
    }

    /** The tree with the file put in, replaced, or (empty content) taken out. */
    ObjectId write(ObjectId tree, String path, Optional<byte[]> content) throws IOException {
        ObjectId written = write(tree, FilePaths.split(path), path, content);
        return written != null ? written : empty();
    }

    ObjectId empty() throws IOException {
        return inserter.insert(new TreeFormatter());
    }

    /** Returns null for an empty tree: Git keeps no empty folders. */
    private ObjectId write(ObjectId tree, List<String> names, String path, Optional<byte[]> content)
            throws IOException {
        byte[] name = bytes(names.get(0));
        Entry old = tree == null ? null : find(tree, name);
        Entry fresh = names.size() == 1
                ? file(name, old, path, content)
                : folder(name, old, names.subList(1, names.size()), path, content);
        return replace(tree, name, fresh);
    }

    private Entry file(byte[] name, Entry old, String path, Optional<byte[]> content) throws IOException {
        if (old != null && old.isFolder()) {
            throw FailureException.conflict("a folder stands where a file is to be written", path, "");
        }
        if (content.isEmpty()) {
            return null;
        }
        FileMode mode = old == null ? FileMode.REGULAR_FILE : old.requireRegular(path);
        return Entry.of(name, mode, inserter.insert(Constants.OBJ_BLOB, content.get()));
    }

    private Entry folder(byte[] name, Entry old, List<String> rest, String path, Optional<byte[]> content)
            throws IOException {
        if (old != null && !old.isFolder()) {
            throw FailureException.conflict("a file stands where a folder is needed", path, "");
        }
        ObjectId child = write(old == null ? null : old.id(), rest, path, content);
        return child == null ? null : Entry.of(name, FileMode.TREE, child);
    }

    private Entry find(ObjectId tree, byte[] name) throws IOException {
        if (listings != null) {
            return listings.of(reader, tree).get(new String(name, StandardCharsets.ISO_8859_1));
        }
        CanonicalTreeParser parser = new CanonicalTreeParser(null, reader, tree);
        for (; !parser.eof(); parser = parser.next()) {
            if (Entry.hasName(parser, name)) {
                return Entry.at(parser);
            }
        }
        return null;
    }

    /** The tree without the named entry and with the fresh one (if any) at the place that Git's order gives it. */
    private ObjectId replace(ObjectId tree, byte[] name, Entry fresh) throws IOException {
        TreeFormatter formatter = new TreeFormatter();
        boolean empty = true;
        boolean placed = fresh == null;
        CanonicalTreeParser parser =
                tree == null ? new CanonicalTreeParser() : new CanonicalTreeParser(null, reader, tree);
        for (; !parser.eof(); parser = parser.next()) {
            if (Entry.hasName(parser, name)) {
                continue;
            }
            Entry entry = Entry.at(parser);
            if (!placed && fresh.compareTo(entry) < 0) {
                fresh.appendTo(formatter);
                placed = true;
            }
            entry.appendTo(formatter);
            empty = false;
        }
        if (!placed) {
            fresh.appendTo(formatter);
        }
        return empty && fresh == null ? null : inserter.insert(formatter);
    }

    private static byte[] bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8);
    }

    /** One line of a tree. Git does not promise that names are UTF-8: each char stands for one byte. */
    record Entry(String name, FileMode mode, ObjectId id) implements Comparable<Entry> {
        static Entry of(byte[] name, FileMode mode, ObjectId id) {
            return new Entry(new String(name, StandardCharsets.ISO_8859_1), mode, id);
        }

        static Entry at(CanonicalTreeParser parser) {
            byte[] name = new byte[parser.getNameLength()];
            parser.getName(name, 0);
            return of(name, parser.getEntryFileMode(), parser.getEntryObjectId());
        }

        static boolean hasName(CanonicalTreeParser parser, byte[] name) {
            int start = parser.getNameOffset();
            return Arrays.equals(
                    parser.getEntryPathBuffer(), start, start + parser.getNameLength(), name, 0, name.length);
        }

        boolean isFolder() {
            return FileMode.TREE.equals(mode);
        }

        FileMode requireRegular(String path) {
            if (!FileMode.REGULAR_FILE.equals(mode) && !FileMode.EXECUTABLE_FILE.equals(mode)) {
                throw FailureException.input(
                        "a symbolic link or submodule is neither read nor written", path, "put a regular file there");
            }
            return mode;
        }

        void appendTo(TreeFormatter formatter) {
            byte[] raw = name.getBytes(StandardCharsets.ISO_8859_1);
            formatter.append(raw, 0, raw.length, mode, id);
        }

        /** Git's order: by bytes, a folder's name as if it ended in a slash. */
        @Override
        public int compareTo(Entry other) {
            return sortKey().compareTo(other.sortKey());
        }

        private String sortKey() {
            return isFolder() ? name + "/" : name;
        }
    }
}
