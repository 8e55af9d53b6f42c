package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.BranchName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.api.errors.JGitInternalException;
import org.eclipse.jgit.errors.MissingObjectException;
import org.eclipse.jgit.errors.NoRemoteRepositoryException;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.storage.file.FileRepository;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.RefUpdate;
import org.eclipse.jgit.lib.StoredConfig;
import org.eclipse.jgit.revwalk.RevWalk;
import org.eclipse.jgit.storage.file.FileRepositoryBuilder;
import org.eclipse.jgit.transport.FilterSpec;

/**
 * A bare repository of this process that follows the server's. It is a cache: whatever is wrong with it, it is thrown
 * away and fetched again.
 */
final class Mirror implements AutoCloseable {
    /** A push of one change leaves about five loose objects behind. */
    private static final int MANY_OBJECTS = 3_000;

    private final Path folder;
    private final Connection connection;
    private final Coverage coverage;
    private final Followed followed = new Followed();
    private final ReentrantLock network = new ReentrantLock();
    /** Of branches that are there, the repository itself knows. */
    private final Set<BranchName> absent = ConcurrentHashMap.newKeySet();

    private final FetchRounds rounds = new FetchRounds(network, this::fetchNow);
    private FileRepository repository;
    private boolean closed;
    private boolean serverFilters = true;

    Mirror(Path slot, Connection connection, Coverage coverage) {
        this.folder = slot.resolve(coverage.folder());
        this.connection = connection;
        this.coverage = coverage;
    }

    /**
     * The repository itself, made when it is missing or was thrown away.
     *
     * @throws FailureException EXTERNAL once closed: the folder may be another process's by then
     */
    synchronized FileRepository repository() throws IOException {
        requireOpen();
        if (repository != null && !isThere()) {
            forget();
        }
        if (repository == null) {
            repository = open();
        }
        return repository;
    }

    /** Brings over what the branches hold now. Branches that the server does not have are left out. */
    Map<BranchName, ObjectId> fetch(Collection<BranchName> branches) throws IOException {
        return rounds.tips(branches);
    }

    private Map<BranchName, ObjectId> fetchNow(Set<BranchName> asked) throws IOException {
        // Most of a round trip is the trip: what was asked about lately is answered by the way.
        Set<BranchName> branches = coverage == Coverage.TIPS ? followed.with(asked) : asked;
        Set<String> unseen = new HashSet<>();
        Set<String> seen = new HashSet<>();
        for (BranchName branch : branches) {
            (known(branch) == null ? unseen : seen).add(branch.ref());
        }
        Map<String, ObjectId> tips = new HashMap<>();
        if (!seen.isEmpty()) {
            Set<String> all = new HashSet<>(seen);
            all.addAll(unseen);
            tips.putAll(fetch(all, seen, Connection.FULL_DEPTH));
            unseen.retainAll(tips.keySet());
        }
        if (!unseen.isEmpty()) {
            tips.putAll(fetch(unseen, unseen, coverage.depth()));
        }
        Map<BranchName, ObjectId> found = new HashMap<>();
        for (BranchName branch : branches) {
            ObjectId tip = tips.get(branch.ref());
            remember(branch, tip);
            if (tip != null) {
                found.put(branch, tip);
            }
        }
        followed.add(asked);
        return found;
    }

    /**
     * Brings over one commit, if it is not here.
     *
     * @throws FailureException CONFLICT when the server is well and does not have it: trying again won't help
     */
    void fetchCommit(ObjectId commit) throws IOException {
        if (!bring(commit)) {
            throw FailureException.conflict(
                    "the repository does not have the commit " + commit.name() + " any more",
                    folder.toString(),
                    "run it again, on the branches as they are now");
        }
    }

    /** The same; false when the server is well and does not have the commit, or hands out none by their ids. */
    boolean bring(ObjectId commit) throws IOException {
        network.lock();
        try {
            if (!has(commit)) {
                filtered(filter -> {
                    connection.fetchCommit(repository(), commit, coverage.depth(), filter);
                    return commit;
                });
            }
            return true;
        } catch (TransportException refused) {
            reachServer();
            return false;
        } finally {
            network.unlock();
        }
    }

    boolean has(ObjectId object) throws IOException {
        return repository().getObjectDatabase().has(object);
    }

    /** The branch's tip as far as this mirror knows, or null. */
    ObjectId known(BranchName branch) throws IOException {
        Ref ref = repository().exactRef(branch.ref());
        return ref == null ? null : ref.getObjectId();
    }

    /** The branch's tip as of the last time that the server was asked about any branch; null when it was not among them. */
    ObjectId followed(BranchName branch) throws IOException {
        ObjectId tip = known(branch);
        return followed.contains(branch) ? tip : null;
    }

    /** Whether a commit holds another one, by what is here alone; false where that does not tell. */
    boolean merged(ObjectId descendant, ObjectId ancestor) throws IOException {
        try (RevWalk walk = new RevWalk(repository())) {
            return walk.isMergedInto(walk.parseCommit(ancestor), walk.parseCommit(descendant));
        } catch (MissingObjectException notHere) {
            return false;
        }
    }

    /** Whether the server had no such branch when this process last heard of it. */
    boolean isAbsent(BranchName branch) {
        return absent.contains(branch);
    }

    /** Notes what a branch points to on the server; null: there is no such branch. */
    void remember(BranchName branch, ObjectId tip) throws IOException {
        if (tip == null) {
            absent.add(branch);
        } else {
            absent.remove(branch);
        }
        ObjectId known = known(branch);
        if (tip == null ? known == null : tip.equals(known)) {
            return;
        }
        RefUpdate update = repository().updateRef(branch.ref());
        update.setForceUpdate(true);
        update.disableRefLog();
        RefUpdate.Result result;
        if (tip == null) {
            result = update.delete();
        } else {
            update.setNewObjectId(tip);
            result = update.update();
        }
        if (result == RefUpdate.Result.LOCK_FAILURE
                || result == RefUpdate.Result.IO_FAILURE
                || result == RefUpdate.Result.REJECTED) {
            throw new IOException("cannot note " + branch + " in " + folder + ": " + result);
        }
    }

    /** Packs what piled up, when it is much. Only while nobody writes into this mirror. */
    void tidy() throws IOException {
        try {
            repository().autoGC(NullProgressMonitor.INSTANCE);
        } catch (JGitInternalException problem) {
            throw new IOException("cannot pack " + folder, problem);
        }
    }

    /** Fails as every fetch would when the server cannot be reached. */
    void reachServer() throws IOException {
        connection.fetch(repository(), List.of(), Set.of(), Connection.FULL_DEPTH, FilterSpec.NO_FILTER);
    }

    /** Throws everything away; the next use starts from nothing. */
    void discard() throws IOException {
        network.lock();
        try {
            requireOpen();
            forget();
            CacheSlot.delete(folder);
        } finally {
            network.unlock();
        }
    }

    /** For good: whoever still works with it fails, and writes nothing. */
    @Override
    public synchronized void close() {
        closed = true;
        forget();
    }

    private synchronized void requireOpen() {
        if (closed) {
            throw GitRepositories.closed(folder.toString());
        }
    }

    private synchronized void forget() {
        if (repository != null) {
            repository.close();
            repository = null;
        }
    }

    private Map<String, ObjectId> fetch(Set<String> refs, Set<String> brought, int depth) throws IOException {
        return filtered(filter -> connection.fetch(repository(), refs, brought, depth, filter));
    }

    private interface Fetch<T> {
        T with(FilterSpec filter) throws IOException;
    }

    /** A server that cannot leave files out, or is not allowed to, sends them all. */
    private <T> T filtered(Fetch<T> fetch) throws IOException {
        FilterSpec filter = filter();
        try {
            return fetch.with(filter);
        } catch (NoRemoteRepositoryException problem) {
            throw problem;
        } catch (TransportException problem) {
            if (filter.isNoOp()) {
                throw problem;
            }
            T everything = fetch.with(FilterSpec.NO_FILTER);
            serverFilters = false;
            return everything;
        }
    }

    private FilterSpec filter() throws IOException {
        return serverFilters ? coverage.filter() : FilterSpec.NO_FILTER;
    }

    private FileRepository open() throws IOException {
        followed.clear();
        if (!isThere()) {
            CacheSlot.delete(folder);
        }
        FileRepositoryBuilder here =
                new FileRepositoryBuilder().setGitDir(folder.toFile()).setBare().setup();
        FileRepository opened = new BoundedRepository(here);
        if (!Files.exists(folder)) {
            opened.create(true);
            configure(opened.getConfig());
        }
        return opened;
    }

    /** What no branch reaches goes at once: it can be fetched again, and would otherwise pile up. */
    private static void configure(StoredConfig config) throws IOException {
        config.setInt("gc", null, "auto", MANY_OBJECTS);
        config.setBoolean("gc", null, "autoDetach", false);
        config.setString("gc", null, "pruneExpire", "now");
        config.setString("gc", null, "prunePackExpire", "now");
        config.save();
    }

    private boolean isThere() {
        return Files.isRegularFile(folder.resolve("HEAD")) && Files.isDirectory(folder.resolve("objects"));
    }
}
