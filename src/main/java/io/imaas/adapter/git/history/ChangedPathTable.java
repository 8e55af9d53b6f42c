package io.imaas.adapter.git.history;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Commits with their first parents and the paths they changed, by number in the order they came: a parent always before
 * its children. As bytes: new paths, then new commits, each a piece.
 */
final class ChangedPathTable {
    static final int NO_PARENT = -1;

    private final List<String> paths = new ArrayList<>();
    private final Map<String, Integer> pathNumbers = new HashMap<>();
    private final List<ObjectId> commits = new ArrayList<>();
    private final Map<ObjectId, Integer> commitNumbers = new HashMap<>();
    private final List<Row> rows = new ArrayList<>();
    private int drainedPaths;
    private int drainedCommits;

    /** An array and no list: there is one for each commit, mostly of a single number. */
    private static final class Row {
        private final int parent;
        private final int[] changed;

        Row(int parent, int[] changed) {
            this.parent = parent;
            this.changed = changed;
        }
    }

    /** The commit's number, or -1. */
    int find(ObjectId commit) {
        return commitNumbers.getOrDefault(commit, -1);
    }

    ObjectId id(int commit) {
        return commits.get(commit);
    }

    int parent(int commit) {
        return rows.get(commit).parent;
    }

    int[] changed(int commit) {
        return rows.get(commit).changed;
    }

    boolean changedAny(int commit, Set<Integer> sought) {
        for (int path : changed(commit)) {
            if (sought.contains(path)) {
                return true;
            }
        }
        return false;
    }

    String path(int number) {
        return paths.get(number);
    }

    Optional<Integer> number(String path) {
        return Optional.ofNullable(pathNumbers.get(path));
    }

    /** The numbers of a file, or of all files that ever were below a folder. */
    Set<Integer> below(String path) {
        Set<Integer> found = new HashSet<>();
        String folder = path.endsWith("/") ? path : path + "/";
        for (int i = 0; i < paths.size(); i++) {
            if (paths.get(i).equals(path) || paths.get(i).startsWith(folder)) {
                found.add(i);
            }
        }
        return found;
    }

    /** @param parent in this table already; null: none */
    void add(ObjectId commit, ObjectId parent, Collection<String> changed) {
        int[] numbers = changed.stream().mapToInt(this::numbered).toArray();
        put(commit, new Row(parent == null ? NO_PARENT : commitNumbers.get(parent), numbers));
    }

    /** What was added since the last time, as a piece. */
    byte[] drain() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeInt(paths.size() - drainedPaths);
        for (String path : paths.subList(drainedPaths, paths.size())) {
            byte[] name = path.getBytes(StandardCharsets.UTF_8);
            out.writeInt(name.length);
            out.write(name);
        }
        out.writeInt(commits.size() - drainedCommits);
        for (int i = drainedCommits; i < commits.size(); i++) {
            commits.get(i).copyRawTo(out);
            out.writeInt(rows.get(i).parent);
            out.writeInt(rows.get(i).changed.length);
            for (int path : rows.get(i).changed) {
                out.writeInt(path);
            }
        }
        drainedPaths = paths.size();
        drainedCommits = commits.size();
        return bytes.toByteArray();
    }

    /** Adds what a piece holds. */
    void take(byte[] piece) {
        ByteBuffer in = ByteBuffer.wrap(piece);
        for (int left = in.getInt(); left > 0; left--) {
            byte[] name = new byte[in.getInt()];
            in.get(name);
            numbered(new String(name, StandardCharsets.UTF_8));
        }
        byte[] id = new byte[20];
        for (int left = in.getInt(); left > 0; left--) {
            in.get(id);
            int parent = in.getInt();
            int[] changed = new int[in.getInt()];
            in.asIntBuffer().get(changed);
            in.position(in.position() + changed.length * Integer.BYTES);
            put(ObjectId.fromRaw(id), new Row(parent, changed));
        }
        drainedPaths = paths.size();
        drainedCommits = commits.size();
    }

    private void put(ObjectId commit, Row row) {
        commitNumbers.put(commit, commits.size());
        commits.add(commit);
        rows.add(row);
    }

    private int numbered(String path) {
        return pathNumbers.computeIfAbsent(path, fresh -> {
            paths.add(fresh);
            return paths.size() - 1;
        });
    }
}
