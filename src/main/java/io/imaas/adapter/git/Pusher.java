package io.imaas.adapter.git;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.jgit.lib.ObjectId;
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

    /** Settles what the server accepted; returns the rest. */
    List<PushOutcome> push(List<Chain> chains) throws IOException {
        if (chains.isEmpty()) {
            return List.of();
        }
        Map<Chain, RemoteRefUpdate> updates = new LinkedHashMap<>();
        for (Chain chain : chains) {
            updates.put(chain, update(tips.repository(), chain));
        }
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
