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
 * Reads single files of a tree, and opens trees for changes.
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

    /** The tree (null: the empty one), to be changed. */
    TreeDraft open(ObjectId tree) throws IOException {
        return new TreeDraft(this, tree);
    }

    ObjectId empty() throws IOException {
        return inserter.insert(new TreeFormatter());
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

        boolean isReadable(ObjectReader reader) throws IOException {
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
