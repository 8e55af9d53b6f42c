package io.imaas.adapter.git;

import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.model.failure.FailureException;
import io.imaas.model.record.ListedKey;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.source.TreeHash;
import io.imaas.port.Change;
import io.imaas.port.Commit;
import io.imaas.port.GitHistory.ChangedFile;
import io.imaas.port.GitRepository;
import io.imaas.port.GitRepository.Landed;
import io.imaas.port.Seal;
import io.imaas.port.TextFiles;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jgit.lib.ObjectId;

/** One repository on a Git server. Make it with {@link GitRepositories}, which hands out one for each URL. */
public final class JGitRepository implements GitRepository, AutoCloseable {
    private final RepositoryUrl url;
    private final GitSettings settings;
    private final Connection connection;
    private final Clones clones;
    private final BranchReader branches;
    private final TreeReader trees;
    private final HistoryReader histories;
    private final Writer writer;
    private final Pusher pusher;
    private final CommitSigning signing;
    private final Map<BranchName, Instant> asked;

    JGitRepository(RepositoryUrl url, GitSettings settings, Set<String> outages) {
        this.url = url;
        this.settings = settings;
        this.connection = new Connection(url, settings, outages);
        this.clones = new Clones(CacheSlot.acquire(settings.cache(), url), connection);
        this.signing = settings.signing();
        Commits described = new Commits(signing);
        this.branches = new BranchReader(clones, new SealedTips(clones, url), described);
        this.trees = new TreeReader(clones);
        this.histories = new HistoryReader(clones, described);
        this.pusher = new Pusher(connection, clones.tips());
        this.writer = new Writer(url, () -> new Landing(url, clones, pusher, settings));
        this.asked = new ConcurrentHashMap<>();
    }

    /** The same clones, connections and writer. */
    private JGitRepository(JGitRepository other, CommitSigning signing) {
        this.url = other.url;
        this.settings = other.settings;
        this.connection = other.connection;
        this.clones = other.clones;
        this.signing = signing;
        Commits described = new Commits(signing);
        this.branches = new BranchReader(clones, new SealedTips(clones, url), described);
        this.trees = new TreeReader(clones);
        this.histories = new HistoryReader(clones, described);
        this.pusher = other.pusher;
        this.writer = other.writer;
        this.asked = other.asked;
    }

    @Override
    public GitRepository believing(List<ListedKey> listed) {
        return signing.believed().equals(listed) ? this : new JGitRepository(this, signing.believing(listed));
    }

    @Override
    public Map<BranchName, CommitId> heads(Collection<BranchName> branches) {
        Instant now = settings.clock().now();
        Map<BranchName, CommitId> heads = reading(() -> this.branches.heads(branches));
        branches.forEach(branch -> asked.put(branch, now));
        return heads;
    }

    @Override
    public Map<BranchName, CommitId> heads(Collection<BranchName> branches, Duration age) {
        Instant oldest = settings.clock().now().minus(age);
        if (branches.stream()
                .anyMatch(branch -> asked.getOrDefault(branch, Instant.MIN).isBefore(oldest))) {
            return heads(branches);
        }
        return reading(() -> {
            Map<BranchName, CommitId> heads = new HashMap<>();
            for (BranchName branch : branches) {
                ObjectId tip = clones.tips().known(branch);
                if (tip != null) {
                    heads.put(branch, new CommitId(tip.name()));
                }
            }
            return heads;
        });
    }

    @Override
    public Optional<Sealed> sealed(BranchName branch, Seal seal, List<List<BranchName>> named) {
        return reading(() -> branches.sealed(branch, seal, named));
    }

    @Override
    public Map<BranchName, CommitId> lastSeen(Collection<BranchName> branches) {
        return reading(() -> this.branches.lastSeen(branches));
    }

    @Override
    public Optional<byte[]> read(CommitId commit, String path) {
        return reading(() -> trees.read(commit, path));
    }

    @Override
    public List<String> list(CommitId commit, String folder) {
        return reading(() -> trees.list(commit, folder));
    }

    @Override
    public TextFiles readText(CommitId commit, Collection<String> paths) {
        return reading(() -> trees.readText(commit, paths));
    }

    @Override
    public List<ChangedFile> changed(CommitId before, CommitId after) {
        return reading(() -> trees.changed(before, after));
    }

    @Override
    public List<Landed> land(List<Change> changes) {
        return writer.land(changes, signing);
    }

    @Override
    public boolean removeBranch(BranchName branch, CommitId tip) {
        return reading(() -> pusher.remove(branch, ObjectId.fromString(tip.value()), url));
    }

    @Override
    public Map<String, List<Commit>> histories(BranchName branch, Set<String> paths, int limit) {
        return reading(() -> histories.histories(branch, paths, limit));
    }

    @Override
    public Map<String, Commit> lastChanges(BranchName branch, Set<String> paths) {
        return reading(() -> histories.lastChanges(branch, paths));
    }

    @Override
    public List<Commit> between(CommitId older, CommitId newer, int limit) {
        return reading(() -> histories.between(older, newer, limit));
    }

    @Override
    public Map<String, String> entries(CommitId commit, String folder) {
        return reading(() -> trees.entries(commit, folder));
    }

    @Override
    public Optional<TreeHash> tree(CommitId commit, String folder) {
        return reading(() -> trees.tree(commit, folder));
    }

    @Override
    public byte[] bundle(Map<CommitId, Set<String>> commits) {
        return reading(() -> trees.bundle(commits));
    }

    @Override
    public boolean contains(CommitId descendant, CommitId ancestor) {
        return reading(() -> histories.contains(descendant, ancestor));
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

    /**
     * A broken clone is thrown away; a server's fault of a moment is waited out, but not by each of many repositories on a
     * server that one of them waited for in vain.
     */
    private <T> T reading(Reading<T> reading) {
        Patience usual = new Patience(settings.clock(), settings.patience());
        Patience patience = connection.isOut() ? usual.exhausted() : usual;
        boolean healed = false;
        while (true) {
            try {
                return reading.now();
            } catch (IOException problem) {
                FailureException failure = RemoteFailures.failure(problem, url);
                boolean broken = Clones.isOurs(problem) && !healed;
                boolean again = broken || (RemoteFailures.mayPass(failure) && patience.afterFault());
                if (!again) {
                    if (RemoteFailures.mayPass(failure)) {
                        connection.out();
                    }
                    throw failure;
                }
                if (broken) {
                    healed = true;
                    discard(failure);
                } else {
                    tell(patience, failure);
                    patience.pause(connection.askedToWait());
                }
            }
        }
    }

    private void tell(Patience patience, FailureException failure) {
        if (!patience.isRepeatedFault()) {
            settings.onlooker().waiting(failure.failure());
        }
    }

    private void discard(FailureException failure) {
        try {
            clones.discard();
        } catch (IOException again) {
            failure.addSuppressed(again);
            throw failure;
        }
    }
}
