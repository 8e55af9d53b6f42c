package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.RepositoryUrl;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jgit.errors.TransportException;
import org.eclipse.jgit.internal.JGitText;
import org.eclipse.jgit.internal.storage.pack.PackWriter;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectId;
import org.eclipse.jgit.lib.Ref;
import org.eclipse.jgit.lib.Repository;
import org.eclipse.jgit.storage.pack.PackConfig;
import org.eclipse.jgit.transport.PushResult;
import org.eclipse.jgit.transport.RemoteRefUpdate;
import org.eclipse.jgit.transport.RemoteRefUpdate.Status;

/** Sends chains in one push, each only if its branch is still where the chain begins. */
final class Pusher {
    private final Connection connection;
    private final Mirror tips;
    private boolean serverIsAtomic = true;

    Pusher(Connection connection, Mirror tips) {
        this.connection = connection;
        this.tips = tips;
    }

    /** How long the server asked us to stay away when it last answered. */
    Duration askedToWait() {
        return connection.askedToWait();
    }

    /**
     * Settles what the server accepted; returns the rest. Fails, with nothing sent, when the clone is broken.
     *
     * @param together whether all chains move or none; on a server that can't do that, one after the other up to the
     *     first that is not accepted
     */
    List<PushOutcome> push(List<Chain> chains, boolean together) throws IOException {
        if (chains.isEmpty()) {
            return List.of();
        }
        rehearse(tips.repository(), updates(tips.repository(), chains).values());
        boolean atomic = together && chains.size() > 1;
        List<PushOutcome> unsure = atomic && serverIsAtomic ? send(chains, true) : List.of();
        if (atomic && !serverIsAtomic) {
            for (Chain chain : chains) {
                unsure = unsure.isEmpty() ? send(List.of(chain), false) : unsure;
            }
        } else if (!atomic) {
            unsure = send(chains, false);
        }
        tips.tidy();
        return unsure;
    }

    /** Deletes a branch that is at a commit; false when it is gone already. */
    boolean remove(BranchName branch, ObjectId tip, RepositoryUrl url) throws IOException {
        Repository local = tips.repository();
        RemoteRefUpdate update = new RemoteRefUpdate(local, (Ref) null, branch.ref(), true, null, tip);
        connection.push(local, List.of(update), false);
        switch (update.getStatus()) {
            case OK -> tips.remember(branch, null);
            case NON_EXISTING -> {
                return false;
            }
            case REJECTED_REMOTE_CHANGED ->
                throw FailureException.conflict(
                        "somebody changed the branch meanwhile", url + " " + branch, "look at who did");
            default ->
                throw FailureException.policy(
                        "the Git server does not let us delete the branch: " + update.getMessage(),
                        url + " " + branch,
                        "delete it by hand");
        }
        return true;
    }

    private List<PushOutcome> send(List<Chain> chains, boolean atomic) throws IOException {
        Map<Chain, RemoteRefUpdate> updates = updates(tips.repository(), chains);
        String words = "";
        IOException problem = null;
        try {
            PushResult result = connection.push(tips.repository(), updates.values(), atomic);
            words = result.getMessages().strip();
        } catch (TransportException noAnswer) {
            if (atomic && String.valueOf(noAnswer.getMessage()).contains(JGitText.get().atomicPushNotSupported)) {
                serverIsAtomic = false;
                return List.of();
            }
            problem = noAnswer;
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
        return atomic && !unsure.isEmpty() ? List.of(joined(chains, unsure)) : unsure;
    }

    /** None of them moved; which one was the reason, the others' own words do not tell. */
    private static PushOutcome joined(List<Chain> chains, List<PushOutcome> each) {
        PushOutcome cause = each.stream()
                .filter(outcome -> Refusals.isMeant(outcome.reason()))
                .findFirst()
                .orElse(each.get(0));
        boolean refused = each.stream().anyMatch(PushOutcome::refused);
        return new PushOutcome(chains, refused, cause.words(), cause.reason(), cause.problem());
    }

    private static Map<Chain, RemoteRefUpdate> updates(Repository local, List<Chain> chains) throws IOException {
        Map<Chain, RemoteRefUpdate> updates = new LinkedHashMap<>();
        for (Chain chain : chains) {
            updates.put(chain, update(local, chain));
        }
        return updates;
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
        // Nobody reads this pack: to make it small would be work for nothing.
        PackConfig plain = new PackConfig(local);
        plain.setDeltaCompress(false);
        try (PackWriter pack = new PackWriter(plain, local.newObjectReader())) {
            pack.setIndexDisabled(true);
            pack.setThin(true);
            pack.setReuseValidatingObjects(false);
            pack.preparePack(silent, wanted, there);
            pack.writePack(silent, silent, OutputStream.nullOutputStream());
        }
    }

    /** Noted before anybody hears of it: whoever goes on from what was landed finds it. */
    private void settle(Chain chain) throws IOException {
        try {
            tips.remember(chain.branch(), chain.tip());
        } finally {
            for (Chain.Link link : chain.links()) {
                if (chain.base() == null && chain.links().size() == 1) {
                    link.intent().begun().put(chain.branch(), link.commit());
                }
                link.intent().landed(link.change(), link.commit(), link.created(), serverIsAtomic);
            }
        }
    }

    private static PushOutcome outcome(Chain chain, RemoteRefUpdate update, String words, IOException problem) {
        boolean refused = problem == null && update.getStatus() == Status.REJECTED_OTHER_REASON;
        String reason = update.getMessage() == null ? update.getStatus().toString() : update.getMessage();
        IOException cause = problem != null ? problem : new IOException("the push ended with " + reason);
        String shown = words.isEmpty() ? reason : reason + ": " + words;
        return new PushOutcome(List.of(chain), refused, shown, problem != null ? "" : reason, cause);
    }

    private static RemoteRefUpdate update(Repository repository, Chain chain) throws IOException {
        ObjectId expected = chain.base() == null ? ObjectId.zeroId() : chain.base();
        return new RemoteRefUpdate(repository, null, chain.tip(), chain.branch().ref(), false, null, expected);
    }
}
