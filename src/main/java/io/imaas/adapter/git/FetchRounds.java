package io.imaas.adapter.git;

import io.imaas.model.source.BranchName;
import java.io.IOException;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.eclipse.jgit.lib.ObjectId;

/**
 * One round trip to the server answers everybody who asked before it began: many who ask for a branch's tip at once would
 * otherwise wait for each other's round trips, one after the other.
 */
final class FetchRounds {
    private final ReentrantLock network;
    private final Fetch fetch;
    private Round next = new Round();

    /** @param network held while a round is under way */
    FetchRounds(ReentrantLock network, Fetch fetch) {
        this.network = network;
        this.fetch = fetch;
    }

    /** Asks the server. */
    interface Fetch {
        /** The tips of the branches that are there. */
        Map<BranchName, ObjectId> tips(Set<BranchName> branches) throws IOException;
    }

    private static final class Round {
        private final Set<BranchName> branches = new HashSet<>();
        private Map<BranchName, ObjectId> tips;
    }

    /** The tips of the branches that are there, not older than this call. */
    Map<BranchName, ObjectId> tips(Collection<BranchName> branches) throws IOException {
        Round round = join(branches);
        network.lock();
        try {
            // After a failure each of the others asks again by itself, and hears its own reason.
            if (round.tips == null) {
                close(round);
                round.tips = fetch.tips(round.branches);
            }
        } finally {
            network.unlock();
        }
        Map<BranchName, ObjectId> wanted = new HashMap<>(round.tips);
        wanted.keySet().retainAll(branches);
        return wanted;
    }

    private synchronized Round join(Collection<BranchName> branches) {
        next.branches.addAll(branches);
        return next;
    }

    /** From now on nobody joins this round: it may begin. */
    private synchronized void close(Round round) {
        if (round == next) {
            next = new Round();
        }
    }
}
