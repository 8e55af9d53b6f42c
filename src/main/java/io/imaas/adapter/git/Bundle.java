package io.imaas.adapter.git;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectLoader;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevObject;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.treewalk.TreeWalk;
import org.eclipse.jgit.treewalk.filter.PathFilterGroup;

/**
 * Some commits as a file of gitformat-bundle(5), version 2, with the files that are wanted of each. JGit's own writer takes
 * a commit with all that came before it and with all its files, those of other services too.
 */
final class Bundle {
    static final String HEADER = "# v2 git bundle\n";

    /** Git wants a name for each commit. */
    static final String REF = "refs/imaas/";

    private final Repository gathered = new InMemoryRepository(new DfsRepositoryDescription("bundle"));
    private final Set<ObjectId> commits = new LinkedHashSet<>();
    private final Set<ObjectId> objects = new LinkedHashSet<>();

    /** Adds a commit with what it has at these paths, files or folders. */
    void add(Repository from, ObjectId id, Set<String> paths) throws IOException {
        try (RevWalk walk = new RevWalk(from);
                TreeWalk tree = new TreeWalk(walk.getObjectReader());
                ObjectInserter into = gathered.newObjectInserter()) {
            ObjectReader objectsThere = walk.getObjectReader();
            RevCommit commit = walk.parseCommit(id);
            commits.add(commit.copy());
            copy(objectsThere, into, commit);
            copy(objectsThere, into, commit.getTree());
            tree.addTree(commit.getTree());
            tree.setFilter(PathFilterGroup.createFromStrings(paths));
            while (tree.next()) {
                copy(objectsThere, into, tree.getObjectId(0));
                if (tree.isSubtree()) {
                    tree.enterSubtree();
                }
            }
            into.flush();
        }
    }

    private void copy(ObjectReader from, ObjectInserter into, ObjectId id) throws IOException {
        if (objects.add(id.copy())) {
            ObjectLoader object = from.open(id);
            into.insert(object.getType(), object.getCachedBytes());
        }
    }

    byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StringBuilder head = new StringBuilder(HEADER);
        for (ObjectId commit : commits) {
            head.append(commit.name())
                    .append(' ')
                    .append(REF)
                    .append(commit.name())
                    .append('\n');
        }
        bytes.writeBytes(head.append('\n').toString().getBytes(StandardCharsets.US_ASCII));
        try (RevWalk walk = new RevWalk(gathered);
                PackWriter pack = new PackWriter(gathered)) {
            Map<ObjectId, RevObject> parsed = new LinkedHashMap<>();
            for (ObjectId object : objects) {
                parsed.put(object, walk.parseAny(object));
            }
            pack.preparePack(parsed.values().iterator());
            pack.writePack(NullProgressMonitor.INSTANCE, NullProgressMonitor.INSTANCE, bytes);
        }
        return bytes.toByteArray();
    }
}
