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
 *
 * @param inserter null for reading alone
 */
record TreeEditor(ObjectReader reader, ObjectInserter inserter) {
    /** Bytes. Metadata and values are far smaller. */
    static final int LARGEST_FILE = 1 << 20;

    /** The file's bytes, or empty when the tree (null: the empty one) has no such file. */
    Optional<byte[]> read(ObjectId tree, String path) throws IOException {
        Optional<Entry> found = entry(tree, path);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get().content(reader, path));
    }

    /** The entry of a file, link or submodule; empty when the tree (null: the empty one) has no such path. */
    Optional<Entry> entry(ObjectId tree, String path) throws IOException {
        ObjectId at = tree;
        List<String> names = FilePaths.split(path);
        for (int i = 0; i < names.size() && at != null; i++) {
            Entry entry = find(at, bytes(names.get(i)));
            boolean last = i == names.size() - 1;
            if (entry == null || last == entry.isFolder()) {
                return Optional.empty();
            }
            if (last) {
                return Optional.of(entry);
            }
            at = entry.id();
        }
        return Optional.empty();
    }

    /** The mode of a path that holds this very content; empty when it holds another one. */
    Optional<FileMode> modeOf(ObjectId tree, String path, byte[] content) throws IOException {
        ObjectId id = inserter.idFor(Constants.OBJ_BLOB, content);
        return entry(tree, path).filter(entry -> entry.id().equals(id)).map(Entry::mode);
    }

    /**
     * The tree with the file put in, replaced, or (empty content) taken out.
     *
     * @param mode empty: as it was, or that of a plain file
     */
    ObjectId write(ObjectId tree, String path, Optional<byte[]> content, Optional<FileMode> mode) throws IOException {
        ObjectId written = write(tree, FilePaths.split(path), new Writing(path, content, mode));
        return written != null ? written : empty();
    }

    /**
     * The tree without what keeps a file from being written: a link, a submodule, a folder or a file that is too large in the
     * file's place, or anything but a folder in that of one of its folders.
     */
    ObjectId cleared(ObjectId tree, String path) throws IOException {
        List<String> names = FilePaths.split(path);
        ObjectId at = tree;
        for (int i = 0; i < names.size() && at != null; i++) {
            Entry entry = find(at, bytes(names.get(i)));
            if (entry == null) {
                return tree;
            }
            if (i == names.size() - 1 ? !entry.isReadable(reader) : !entry.isFolder()) {
                return write(tree, String.join("/", names.subList(0, i + 1)), Optional.empty(), Optional.empty());
            }
            at = entry.id();
        }
        return tree;
    }

    private record Writing(String path, Optional<byte[]> content, Optional<FileMode> mode) {}

    ObjectId empty() throws IOException {
        return inserter.insert(new TreeFormatter());
    }

    /** Returns null for an empty tree: Git keeps no empty folders. */
    private ObjectId write(ObjectId tree, List<String> names, Writing writing) throws IOException {
        byte[] name = bytes(names.get(0));
        Entry old = tree == null ? null : find(tree, name);
        Entry fresh = names.size() == 1
                ? file(name, old, writing)
                : folder(name, old, names.subList(1, names.size()), writing);
        return replace(tree, name, fresh);
    }

    private Entry file(byte[] name, Entry old, Writing writing) throws IOException {
        if (writing.content().isEmpty()) {
            return null;
        }
        if (old != null && old.isFolder()) {
            throw FailureException.conflict("a folder stands where a file is to be written", writing.path(), "");
        }
        FileMode kept = old == null ? FileMode.REGULAR_FILE : old.requireRegular(writing.path());
        ObjectId id = inserter.insert(Constants.OBJ_BLOB, writing.content().get());
        return Entry.of(name, writing.mode().orElse(kept), id);
    }

    private Entry folder(byte[] name, Entry old, List<String> rest, Writing writing) throws IOException {
        if (old != null && !old.isFolder()) {
            throw FailureException.conflict("a file stands where a folder is needed", writing.path(), "");
        }
        ObjectId child = write(old == null ? null : old.id(), rest, writing);
        return child == null ? null : Entry.of(name, FileMode.TREE, child);
    }

    private Entry find(ObjectId tree, byte[] name) throws IOException {
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

        private boolean isRegular() {
            return FileMode.REGULAR_FILE.equals(mode) || FileMode.EXECUTABLE_FILE.equals(mode);
        }

        private boolean isReadable(ObjectReader reader) throws IOException {
            return isRegular() && reader.getObjectSize(id, Constants.OBJ_BLOB) <= LARGEST_FILE;
        }

        FileMode requireRegular(String path) {
            if (!isRegular()) {
                throw FailureException.input(
                        "a symbolic link or submodule is neither read nor written", path, "put a regular file there");
            }
            return mode;
        }

        /** @throws FailureException INPUT when it is not a plain file, or too large: the size is asked before the content */
        byte[] content(ObjectReader reader, String path) throws IOException {
            requireRegular(path);
            long size = reader.getObjectSize(id, Constants.OBJ_BLOB);
            if (size > LARGEST_FILE) {
                throw FailureException.input(
                        "the file has " + size + " bytes, more than the " + LARGEST_FILE + " that are read",
                        path,
                        "make it smaller, or take it out");
            }
            return reader.open(id, Constants.OBJ_BLOB).getCachedBytes(LARGEST_FILE);
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
