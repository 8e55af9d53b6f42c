package io.imaas.adapter.git;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;

/** Sends chains in one push, each only if its branch is still where the chain begins. */
final class Pusher {
    private final Connection connection;
    private final Mirror tips;

    Pusher(Connection connection, Mirror tips) {
        this.connection = connection;
        this.tips = tips;
    }

    /** Settles what the server accepted; returns the rest. Fails, with nothing sent, when the clone is broken. */
    List<PushOutcome> push(List<Chain> chains) throws IOException {
        if (chains.isEmpty()) {
            return List.of();
        }
        Map<Chain, RemoteRefUpdate> updates = new LinkedHashMap<>();
        for (Chain chain : chains) {
            updates.put(chain, update(tips.repository(), chain));
        }
        rehearse(tips.repository(), updates.values());
        String words = "";
        IOException problem = null;
        try {
            PushResult result = connection.push(tips.repository(), updates.values());
            words = result.getMessages().strip();
        } catch (IOException noAnswer) {
            problem = noAnswer;
        }
        List<PushOutcome> unsure = new ArrayList<>();
        for (Map.Entry<Chain, RemoteRefUpdate> entry : updates.entrySet()) {
            Status status = entry.getValue().getStatus();
            if (problem == null && (status == Status.OK || status == Status.UP_TO_DATE)) {
                settle(entry.getKey());
            } else {
                unsure.add(outcome(entry.getKey(), entry.getValue(), words, problem));
            }
        }
        tips.tidy();
        return unsure;
    }

    /**
     * Reads all that will be sent. When JGit finds an object missing while it sends, it asks for the server's word on a
     * pack that the server still waits for, and neither ever moves again. Fails when the clone is broken.
     */
    private static void rehearse(Repository local, Collection<RemoteRefUpdate> updates) throws IOException {
        Set<ObjectId> wanted = new HashSet<>();
        updates.forEach(update -> wanted.add(update.getNewObjectId()));
        Set<ObjectId> there = new HashSet<>();
        for (Ref ref : local.getRefDatabase().getRefs()) {
            if (ref.getObjectId() != null && local.getObjectDatabase().has(ref.getObjectId())) {
                there.add(ref.getObjectId());
            }
        }
        NullProgressMonitor silent = NullProgressMonitor.INSTANCE;
        try (PackWriter pack = new PackWriter(local)) {
            pack.setIndexDisabled(true);
            pack.setThin(true);
            pack.setReuseValidatingObjects(false);
            pack.preparePack(silent, wanted, there);
            pack.writePack(silent, silent, OutputStream.nullOutputStream());
        }
    }

    private void settle(Chain chain) throws IOException {
        for (Chain.Link link : chain.links()) {
            link.intent().landed(link.commit(), link.created());
        }
        tips.remember(chain.branch(), chain.tip());
    }

    private static PushOutcome outcome(Chain chain, RemoteRefUpdate update, String words, IOException problem) {
        boolean refused = problem == null && update.getStatus() == Status.REJECTED_OTHER_REASON;
        String reason = update.getMessage() == null ? update.getStatus().toString() : update.getMessage();
        IOException cause = problem != null ? problem : new IOException("the push ended with " + reason);
        return new PushOutcome(chain, refused, words.isEmpty() ? reason : reason + ": " + words, cause);
    }

    private static RemoteRefUpdate update(Repository repository, Chain chain) throws IOException {
        ObjectId expected = chain.base() == null ? ObjectId.zeroId() : chain.base();
        return new RemoteRefUpdate(repository, null, chain.tip(), chain.branch().ref(), false, null, expected);
    }
}
