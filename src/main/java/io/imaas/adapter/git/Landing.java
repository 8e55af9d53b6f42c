package io.imaas.adapter.git;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.RepositoryUrl;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Brings a batch of changes onto their branches: build, push, and after anything but a plain yes read the branches again
 * and decide by what they hold. The server's words are passed on to people and never interpreted.
 */
final class Landing {
    /** A server that was just about to accept somebody else's push says no without having moved yet. */
    private static final int REFUSALS = 3;

    private final RepositoryUrl url;
    private final Clones clones;
    private final Pusher pusher;
    private final GitSettings settings;
    private final Patience patience;
    private final int refusalLimit;
    private final List<Intent> open = new ArrayList<>();
    private final Map<BranchName, Integer> refusals = new HashMap<>();
    private List<PushOutcome> unsure = List.of();

    Landing(RepositoryUrl url, Clones clones, Pusher pusher, GitSettings settings) {
        this(url, clones, pusher, settings, REFUSALS);
    }

    private Landing(RepositoryUrl url, Clones clones, Pusher pusher, GitSettings settings, int refusalLimit) {
        this.url = url;
        this.clones = clones;
        this.pusher = pusher;
        this.settings = settings;
        this.patience = new Patience(settings.clock());
        this.refusalLimit = refusalLimit;
    }

    /**
     * Runs until every change is settled.
     *
     * @param newcomers given the number of open changes, hands over more to take along
     */
    void run(List<Intent> batch, IntFunction<List<Intent>> newcomers) {
        open.addAll(batch);
        // The first try trusts the tips we know: a push is refused when they are old, so a round trip is saved.
        boolean fresh = false;
        while (!open.isEmpty()) {
            try {
                open.addAll(newcomers.apply(open.size()));
                fresh = attempt(fresh);
            } catch (IOException problem) {
                recover(problem);
                fresh = true;
            } catch (RuntimeException | Error problem) {
                FailureException defect = FailureException.defect("changes could not be written: " + problem, problem);
                open.forEach(intent -> intent.failed(defect));
            }
            open.removeIf(Intent::isSettled);
        }
    }

    /** One try; returns whether the next one must ask the server first. */
    private boolean attempt(boolean fresh) throws IOException {
        Map<BranchName, ObjectId> tips = fresh ? freshTips() : knownTips();
        judge(tips);
        List<Chain> chains = new ArrayList<>();
        for (Map.Entry<BranchName, List<Intent>> branch : openByBranch().entrySet()) {
            Optional<Chain> chain = draft(branch.getKey(), tips.get(branch.getKey()), branch.getValue(), fresh);
            if (chain.isEmpty()) {
                return true;
            }
            chains.add(chain.get());
        }
        unsure = pusher.push(chains.stream().filter(Chain::hasCommits).toList());
        if (!unsure.isEmpty()) {
            patience.pause();
        }
        return true;
    }

    /** Empty when something can only be said on a tip that was just read from the server. */
    private Optional<Chain> draft(BranchName branch, ObjectId base, List<Intent> intents, boolean fresh)
            throws IOException {
        if (!fresh && base == null) {
            return Optional.empty();
        }
        clones.landed(branch).advance(base);
        Chain chain = new Chain(branch, base);
        try (Draft draft = new Draft(clones, new CommitFactory(settings), chain)) {
            for (Intent intent : intents) {
                try {
                    Optional<Chain.Link> there = draft.add(intent);
                    if (there.isPresent() && !fresh) {
                        return Optional.empty();
                    }
                    there.ifPresent(link -> intent.landed(link.commit(), link.created()));
                } catch (FailureException refused) {
                    if (!fresh) {
                        return Optional.empty();
                    }
                    intent.failed(refused);
                }
            }
            return Optional.of(draft.finish());
        }
    }

    /** Decides by the branches as they are now what the last push came to. */
    private void judge(Map<BranchName, ObjectId> now) {
        for (PushOutcome outcome : unsure) {
            Chain chain = outcome.chain();
            ObjectId tip = now.get(chain.branch());
            if (tip == null && chain.base() != null) {
                failAll(
                        chain,
                        FailureException.conflict(
                                "the branch was deleted while changes were written to it",
                                url + " " + chain.branch(),
                                "restore it, or run again to begin it anew"));
            } else if (!Objects.equals(tip, chain.base())) {
                afterLostRace(chain);
            } else if (outcome.refused()) {
                afterRefusal(outcome);
            } else if (!patience.afterFault()) {
                failAll(chain, RemoteFailures.failure(outcome.problem(), url));
            }
        }
        unsure = List.of();
        open.removeIf(Intent::isSettled);
    }

    private void afterLostRace(Chain chain) {
        if (!patience.afterLostRace()) {
            failAll(
                    chain,
                    FailureException.conflict(
                            "other writers were faster every time", url + " " + chain.branch(), "run it again"));
        }
    }

    /** Refused for good: when it was several changes, find out which one the server does not want. */
    private void afterRefusal(PushOutcome outcome) {
        Chain chain = outcome.chain();
        if (refusals.merge(chain.branch(), 1, Integer::sum) < refusalLimit) {
            return;
        }
        List<Intent> intents = chain.intents();
        if (intents.size() == 1) {
            failAll(
                    chain,
                    FailureException.policy(
                            "the Git server refuses the change: " + outcome.words(),
                            url + " " + chain.branch(),
                            "look at the branch's protection and the server's hooks"));
            return;
        }
        int half = intents.size() / 2;
        for (List<Intent> part : List.of(intents.subList(0, half), intents.subList(half, intents.size()))) {
            new Landing(url, clones, pusher, settings, 1).run(part, size -> List.of());
        }
    }

    private void recover(IOException problem) {
        FailureException failure = RemoteFailures.failure(problem, url);
        if (failure.failure().kind() != FailureKind.EXTERNAL || !patience.afterFault()) {
            open.forEach(intent -> intent.failed(failure));
            return;
        }
        try {
            if (Clones.isOurs(problem) || patience.isRepeatedFault()) {
                clones.discard();
            }
        } catch (IOException again) {
            problem.addSuppressed(again);
        }
        patience.pause();
    }

    private Map<BranchName, ObjectId> freshTips() throws IOException {
        return clones.tips().fetch(openByBranch().keySet());
    }

    private Map<BranchName, ObjectId> knownTips() throws IOException {
        Map<BranchName, ObjectId> tips = new HashMap<>();
        for (BranchName branch : openByBranch().keySet()) {
            ObjectId known = clones.tips().known(branch);
            if (known != null) {
                tips.put(branch, known);
            }
        }
        return tips;
    }

    /** Lower precedence first, so that of two changes of one field the higher one has the last word. */
    private Map<BranchName, List<Intent>> openByBranch() {
        Map<BranchName, List<Intent>> branches = new TreeMap<>();
        for (Intent intent : open) {
            branches.computeIfAbsent(intent.change().branch(), branch -> new ArrayList<>())
                    .add(intent);
        }
        Comparator<Intent> byPrecedence =
                Comparator.comparingLong(intent -> intent.change().precedence());
        branches.values().forEach(intents -> intents.sort(byPrecedence));
        return branches;
    }

    private static void failAll(Chain chain, FailureException failure) {
        chain.intents().forEach(intent -> intent.failed(failure));
    }
}
