package io.imaas.adapter.git;

import io.imaas.adapter.git.TreeEditor.Entry;
import io.imaas.model.failure.FailureException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jgit.lib.Constants;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.TreeFormatter;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/**
 * A tree in the making. The folders on the paths of changes are kept here, and each is written once, however many files are
 * changed in it: the cost follows the number of changes and the width of their folders, not the size of the repository.
 */
final class TreeDraft {
    private final TreeEditor trees;
    private final Map<String, Entry> lines = new HashMap<>();
    private final Map<String, TreeDraft> folders = new HashMap<>();
    /** Null once something was changed, here or below, and for the empty tree. */
    private ObjectId written;

    TreeDraft(TreeEditor trees, ObjectId tree) throws IOException {
        this.trees = trees;
        this.written = tree;
        if (tree != null) {
            CanonicalTreeParser parser = new CanonicalTreeParser(null, trees.reader(), tree);
            for (; !parser.eof(); parser = parser.next()) {
                Entry line = Entry.at(parser);
                lines.put(line.name(), line);
            }
        }
    }

    /** The file's bytes, or empty when there is no such file. */
    Optional<byte[]> read(String path) throws IOException {
        Optional<Entry> found = entry(path);
        return found.isEmpty() ? Optional.empty() : Optional.of(found.get().content(trees.reader(), path));
    }

    /** The entry of a file, link or submodule; empty when there is no such path. */
    Optional<Entry> entry(String path) throws IOException {
        TreeDraft at = this;
        List<String> names = names(path);
        for (String name : names.subList(0, names.size() - 1)) {
            Entry line = at.lines.get(name);
            if (line == null || !line.isFolder()) {
                return Optional.empty();
            }
            at = at.folder(name);
        }
        return Optional.ofNullable(at.lines.get(names.get(names.size() - 1))).filter(line -> !line.isFolder());
    }

    /**
     * Puts a file in, replaces it, or (empty content) takes it out.
     *
     * @param mode empty: as it was, or that of a plain file
     */
    void write(String path, Optional<byte[]> content, Optional<FileMode> mode) throws IOException {
        TreeDraft at = this;
        List<String> names = names(path);
        for (String name : names.subList(0, names.size() - 1)) {
            Entry line = at.lines.get(name);
            if (line == null && content.isEmpty()) {
                return;
            }
            if (line != null && !line.isFolder()) {
                throw FailureException.conflict("a file stands where a folder is needed", path, "");
            }
            at.written = null;
            at = at.folder(name);
        }
        at.put(names.get(names.size() - 1), path, content, mode);
    }

    private void put(String name, String path, Optional<byte[]> content, Optional<FileMode> mode) throws IOException {
        written = null;
        if (content.isEmpty()) {
            lines.remove(name);
            folders.remove(name);
            return;
        }
        Entry old = lines.get(name);
        if (old != null && old.isFolder()) {
            throw FailureException.conflict("a folder stands where a file is to be written", path, "");
        }
        FileMode kept = old == null ? FileMode.REGULAR_FILE : old.requireRegular(path);
        ObjectId id = trees.inserter().insert(Constants.OBJ_BLOB, content.get());
        lines.put(name, new Entry(name, mode.orElse(kept), id));
    }

    /**
     * Takes out what keeps a file from being written: a link, a submodule, a folder or a file that is too large in the file's
     * place, or anything but a folder in that of one of its folders.
     */
    void clear(String path) throws IOException {
        TreeDraft at = this;
        List<String> names = names(path);
        for (int i = 0; i < names.size(); i++) {
            Entry line = at.lines.get(names.get(i));
            if (line == null) {
                return;
            }
            if (i == names.size() - 1 ? !line.isReadable(trees.reader()) : !line.isFolder()) {
                String inTheWay = String.join("/", FilePaths.split(path).subList(0, i + 1));
                write(inTheWay, Optional.empty(), Optional.empty());
                return;
            }
            at = line.isFolder() ? at.folder(names.get(i)) : at;
        }
    }

    /** The tree's id, with all its folders in the database. */
    ObjectId save() throws IOException {
        ObjectId id = saved();
        return id != null ? id : trees.empty();
    }

    /** Null for an empty tree: Git keeps no empty folders. */
    private ObjectId saved() throws IOException {
        if (written == null) {
            for (Map.Entry<String, TreeDraft> folder : folders.entrySet()) {
                ObjectId id = folder.getValue().saved();
                if (id == null) {
                    lines.remove(folder.getKey());
                } else {
                    lines.put(folder.getKey(), new Entry(folder.getKey(), FileMode.TREE, id));
                }
            }
            folders.clear();
            TreeFormatter formatter = new TreeFormatter();
            lines.values().stream().sorted().forEach(line -> line.appendTo(formatter));
            written = lines.isEmpty() ? null : trees.inserter().insert(formatter);
        }
        return written;
    }

    private TreeDraft folder(String name) throws IOException {
        TreeDraft known = folders.get(name);
        if (known == null) {
            Entry line = lines.get(name);
            known = new TreeDraft(trees, line == null ? null : line.id());
            folders.put(name, known);
            lines.putIfAbsent(name, new Entry(name, FileMode.TREE, ObjectId.zeroId()));
        }
        return known;
    }

    /** As the tree has them: Git does not promise that names are UTF-8, each char stands for one byte. */
    private static List<String> names(String path) {
        return FilePaths.split(path).stream()
                .map(name -> new String(name.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1))
                .toList();
    }
}
