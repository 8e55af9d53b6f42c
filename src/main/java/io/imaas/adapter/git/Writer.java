package io.imaas.adapter.git;

import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.Change;
import io.imaas.port.GitRepository.Landed;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The one writer of a repository in this process. Changes that arrive while a push is under way go out together in the
 * next one, one commit each. Several writers in several processes need no agreement: the server's compare-and-swap
 * decides, and who lost computes its changes anew.
 */
final class Writer implements AutoCloseable {
    /** Enough to empty any real queue, few enough that a server's limits on one push hold. */
    private static final int LARGEST_BATCH = 256;

    private final RepositoryUrl url;
    private final Supplier<Landing> landings;
    private final IntentQueue queue = new IntentQueue();
    private final ThreadPoolExecutor thread;

    Writer(RepositoryUrl url, Supplier<Landing> landings) {
        this.url = url;
        this.landings = landings;
        // A thread of its own, because a caller may be interrupted and others' changes must not suffer from that.
        this.thread = new ThreadPoolExecutor(1, 1, 10, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread worker = new Thread(work, "git-writer " + url.baseName());
            worker.setDaemon(true);
            return worker;
        });
        thread.allowCoreThreadTimeOut(true);
    }

    List<Landed> land(List<Change> changes, CommitSigning signing) {
        Set<BranchName> branches = new HashSet<>();
        for (Change change : changes) {
            CommitMessage.check(change);
            change.edits().forEach(edit -> FilePaths.split(edit.path()));
            if (!branches.add(change.branch())) {
                throw FailureException.defect("two changes of one branch are to land together: " + changes, null);
            }
        }
        Intent intent = new Intent(changes, signing);
        queue.add(intent);
        try {
            thread.execute(this::drain);
        } catch (RejectedExecutionException closed) {
            queue.remove(intent);
            throw FailureException.defect("a change came after its repository was closed: " + url, closed);
        }
        return intent.await(queue);
    }

    /** Lets what was begun come to its end. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(1, TimeUnit.MINUTES)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException stop) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private void drain() {
        List<Intent> batch = queue.take(LARGEST_BATCH);
        if (!batch.isEmpty()) {
            landings.get().run(batch, open -> queue.take(LARGEST_BATCH - open));
        }
    }
}
