package io.imaas.adapter.git;

import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.source.TreeHash;
import io.imaas.port.Change;
import io.imaas.port.Commit;
import io.imaas.port.GitRepository;
import io.imaas.port.Landed;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One repository on a Git server. Make it with {@link GitRepositories}, which hands out one for each URL. */
public final class JGitRepository implements GitRepository, AutoCloseable {
    private final RepositoryUrl url;
    private final Clones clones;
    private final Reader reader;
    private final Writer writer;

    JGitRepository(RepositoryUrl url, GitSettings settings) {
        this.url = url;
        Connection connection = new Connection(url, settings);
        this.clones = new Clones(CacheSlot.acquire(settings.cache(), url), connection);
        this.reader = new Reader(clones, settings.signing());
        Pusher pusher = new Pusher(connection, clones.tips());
        this.writer = new Writer(url, () -> new Landing(url, clones, pusher, settings));
    }

    @Override
    public Optional<CommitId> head(BranchName branch) {
        return reading(() -> reader.head(branch));
    }

    @Override
    public Optional<byte[]> read(CommitId commit, String path) {
        return reading(() -> reader.read(commit, path));
    }

    @Override
    public List<String> list(CommitId commit, String folder) {
        return reading(() -> reader.list(commit, folder));
    }

    @Override
    public Landed land(Change change) {
        return writer.land(change);
    }

    @Override
    public List<Commit> history(BranchName branch, String path, int limit) {
        return reading(() -> reader.history(branch, path, limit));
    }

    @Override
    public Map<String, Commit> lastChanges(BranchName branch, Set<String> paths) {
        return reading(() -> reader.lastChanges(branch, paths));
    }

    @Override
    public List<Commit> between(CommitId older, CommitId newer, int limit) {
        return reading(() -> reader.between(older, newer, limit));
    }

    @Override
    public Optional<TreeHash> tree(CommitId commit, String folder) {
        return reading(() -> reader.tree(commit, folder));
    }

    @Override
    public boolean own(CommitId commit) {
        return reading(() -> reader.own(commit));
    }

    @Override
    public boolean contains(CommitId descendant, CommitId ancestor) {
        return reading(() -> reader.contains(descendant, ancestor));
    }

    /** Lets changes under way land, then gives the cache back to other processes. */
    @Override
    public void close() {
        writer.close();
        clones.close();
    }

    private interface Reading<T> {
        T now() throws IOException;
    }

    /** A broken clone is thrown away and the read tried once more. */
    private <T> T reading(Reading<T> reading) {
        try {
            try {
                return reading.now();
            } catch (IOException problem) {
                if (!Clones.isOurs(problem)) {
                    throw problem;
                }
                clones.discard();
                return reading.now();
            }
        } catch (IOException problem) {
            throw RemoteFailures.failure(problem, url);
        }
    }
}
