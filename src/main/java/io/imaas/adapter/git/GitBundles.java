package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.CommitId;
import io.imaas.port.BundleReader;
import io.imaas.port.BundleReader.BundledCommit;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.FileMode;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.revwalk.RevCommit;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.transport.PackParser;
import org.eclipse.jgit.treewalk.CanonicalTreeParser;

/** Reads bundles into memory. Every object's id is worked out from its bytes, and the pack ends with its checksum. */
public final class GitBundles implements BundleReader {
    /** As large as any file that is read from a repository. */
    private static final int LARGEST_OBJECT = 1_000_000;

    private static final int MOST_COMMITS = 100;
    private static final Pattern REF = Pattern.compile("[0-9a-f]{40} " + Bundle.REF + "[0-9a-f]{40}");

    @Override
    public List<BundledCommit> read(byte[] bundle) {
        ByteArrayInputStream in = new ByteArrayInputStream(bundle);
        List<ObjectId> ids = ids(in);
        try (Repository repository = new InMemoryRepository(new DfsRepositoryDescription("bundle"));
                ObjectInserter into = repository.newObjectInserter()) {
            PackParser pack = into.newPackParser(in);
            pack.setAllowThin(false);
            pack.setMaxObjectSizeLimit(LARGEST_OBJECT);
            pack.setCheckEofAfterPackFooter(true);
            pack.parse(NullProgressMonitor.INSTANCE);
            into.flush();
            List<BundledCommit> commits = new ArrayList<>();
            try (RevWalk walk = new RevWalk(repository)) {
                for (ObjectId id : ids) {
                    commits.add(commit(walk, walk.parseCommit(id)));
                }
            }
            return commits;
        } catch (IOException | RuntimeException damaged) {
            // The library throws what it likes on what is not a pack.
            throw refused(String.valueOf(damaged.getMessage()));
        }
    }

    /** The header: a line for each commit, and an empty line. */
    private static List<ObjectId> ids(ByteArrayInputStream in) {
        if (!line(in).equals(Bundle.HEADER)) {
            throw refused("it does not begin with '" + Bundle.HEADER.strip() + "'");
        }
        List<ObjectId> ids = new ArrayList<>();
        for (String line = line(in); !line.equals("\n"); line = line(in)) {
            if (!REF.matcher(line.strip()).matches() || ids.size() == MOST_COMMITS) {
                throw refused("its header names something else than commits");
            }
            ids.add(ObjectId.fromString(line.substring(0, line.indexOf(' '))));
        }
        return ids;
    }

    private static String line(ByteArrayInputStream in) {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0 && line.length() < Bundle.HEADER.length() * 10; next = in.read()) {
            line.append((char) next);
            if (next == '\n') {
                return line.toString();
            }
        }
        throw refused("its header does not end");
    }

    private static BundledCommit commit(RevWalk walk, RevCommit commit) throws IOException {
        Map<String, String> files = new HashMap<>();
        Map<String, Map<String, String>> entries = new HashMap<>();
        gather(walk.getObjectReader(), commit.getTree(), "", files, entries);
        return new BundledCommit(
                new CommitId(commit.name()),
                CommitWords.author(commit).getName(),
                CommitWords.when(commit),
                CommitWords.subject(commit),
                CommitMessage.trailers(commit),
                files,
                entries);
    }

    /** What the bundle leaves out is not there. */
    private static void gather(
            ObjectReader objects,
            ObjectId tree,
            String folder,
            Map<String, String> files,
            Map<String, Map<String, String>> folders)
            throws IOException {
        CanonicalTreeParser entries = new CanonicalTreeParser();
        entries.reset(objects, tree);
        String below = folder.isEmpty() ? "" : folder + "/";
        folders.put(folder, TreeReader.entries(entries, below));
        entries.reset(objects, tree);
        for (; !entries.eof(); entries.next()) {
            String path = below + entries.getEntryPathString();
            try {
                if (FileMode.TREE.equals(entries.getEntryRawMode())) {
                    gather(objects, entries.getEntryObjectId(), path, files, folders);
                } else {
                    files.put(
                            path,
                            new String(
                                    objects.open(entries.getEntryObjectId()).getCachedBytes(), StandardCharsets.UTF_8));
                }
            } catch (MissingObjectException leftOut) {
                // Another service's.
            }
        }
    }

    private static FailureException refused(String why) {
        return FailureException.input("this is not a bundle of commits: " + why, "", "");
    }
}
