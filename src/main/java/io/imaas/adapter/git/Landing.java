package io.imaas.adapter.git;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.Change;
import io.imaas.port.Precondition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.eclipse.jgit.lib.ObjectId;

/**
 * Brings a batch of changes onto their branches: build, push, and after anything but a plain yes read the branches again
 * and decide by what they hold. The server's words only tell how long it is worth trying.
 */
final class Landing {
    /** Packs pile up as well, and are put together when there are many: for so few files no pack is made. */
    private static final int FEW = 8;

    private final RepositoryUrl url;
    private final Clones clones;
    private final Pusher pusher;
    private final GitSettings settings;
    private final Patience patience;
    private final List<Intent> open = new ArrayList<>();
    private List<PushOutcome> unsure = List.of();

    Landing(RepositoryUrl url, Clones clones, Pusher pusher, GitSettings settings) {
        this(url, clones, pusher, settings, new Patience(settings.clock(), settings.patience()));
    }

    private Landing(RepositoryUrl url, Clones clones, Pusher pusher, GitSettings settings, Patience patience) {
        this.url = url;
        this.clones = clones;
        this.pusher = pusher;
        this.settings = settings;
        this.patience = patience;
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
                attempt(fresh || looksElsewhere());
                fresh = true;
            } catch (IOException problem) {
                recover(problem);
                fresh = true;
            } catch (FailureException problem) {
                failAll(open, problem);
            } catch (RuntimeException | Error problem) {
                FailureException defect = FailureException.defect("changes could not be written: " + problem, problem);
                open.forEach(intent -> intent.failed(defect));
            }
            open.removeIf(Intent::isSettled);
        }
    }

    private int edits() {
        return open.stream()
                .flatMap(intent -> intent.changes().stream())
                .mapToInt(change -> change.edits().size())
                .sum();
    }

    private void attempt(boolean fresh) throws IOException {
        Map<BranchName, ObjectId> tips = fresh ? clones.tips().fetch(branches()) : knownTips();
        review(tips);
        if (!fresh && !branches().stream().allMatch(branch -> tips.containsKey(branch) || isAbsent(branch))) {
            return;
        }
        List<Chain> chains;
        try (Draft draft =
                new Draft(clones, new SealedTips(clones, url), new CommitFactory(settings), tips, edits() > FEW)) {
            for (Intent intent : open) {
                if (!add(draft, intent, fresh)) {
                    return;
                }
            }
            chains = draft.finish();
        }
        boolean together = open.stream().anyMatch(Intent::isGroup);
        unsure = pusher.push(chains.stream().filter(Chain::hasCommits).toList(), together);
        if (!unsure.isEmpty()) {
            patience.pause(pusher.askedToWait());
        }
    }

    /** False when something can only be said on tips that were just read from the server. */
    private boolean add(Draft draft, Intent intent, boolean fresh) throws IOException {
        try {
            List<Chain.Link> there = draft.add(intent);
            if (!there.isEmpty() && !fresh) {
                return false;
            }
            there.forEach(link -> intent.landed(link.change(), link.commit(), link.created(), true));
        } catch (FailureException refused) {
            if (!fresh) {
                return false;
            }
            fail(intent, refused);
        }
        return true;
    }

    /** Decides by the branches as they are now what the last push came to. */
    private void review(Map<BranchName, ObjectId> now) {
        for (PushOutcome outcome : unsure) {
            boolean moved = false;
            for (Chain chain : outcome.chains()) {
                ObjectId tip = now.get(chain.branch());
                moved |= !Objects.equals(tip, chain.base());
                if (tip == null && chain.base() != null) {
                    failAll(
                            chain.intents(),
                            FailureException.conflict(
                                    "the branch was deleted while changes were written to it",
                                    url + " " + chain.branch(),
                                    "restore it, or run again to begin it anew"));
                }
            }
            if (moved) {
                afterLostRace(outcome);
            } else if (outcome.refused()) {
                afterRefusal(outcome);
            } else {
                FailureException failure = RemoteFailures.failure(outcome.problem(), url);
                if (!RemoteFailures.mayPass(failure) || !patience.afterFault()) {
                    failAll(outcome.intents(), failure);
                }
            }
        }
        unsure = List.of();
        open.removeIf(Intent::isSettled);
    }

    private void afterLostRace(PushOutcome outcome) {
        if (!patience.afterLostRace()) {
            failAll(
                    outcome.intents(),
                    FailureException.conflict("other writers were faster every time", where(outcome), "run it again"));
        }
    }

    /** Refused for good: when it was several changes, find out which one the server does not want. */
    private void afterRefusal(PushOutcome outcome) {
        boolean meant = Refusals.isMeant(outcome.reason());
        if (patience.afterRefusal(meant)) {
            return;
        }
        apart(
                outcome.intents(),
                alone -> failAll(
                        alone,
                        meant
                                ? FailureException.policy(
                                        "the Git server refuses the change: " + outcome.words(),
                                        where(outcome),
                                        "look at the branch's protection and the server's hooks; a repository in a folder must"
                                                + " be bare: git clone --bare")
                                : FailureException.external(
                                        "the Git server does not take the change, again and again: " + outcome.words(),
                                        where(outcome),
                                        "run it again; if that does not help, ask the server's operator",
                                        outcome.problem())));
    }

    /** Halves what does not land until it is a single change. */
    private void apart(List<Intent> together, Consumer<List<Intent>> whatToDoWithOne) {
        List<Intent> intents = List.copyOf(together);
        if (intents.size() == 1) {
            whatToDoWithOne.accept(intents);
            return;
        }
        int half = intents.size() / 2;
        for (List<Intent> part : List.of(intents.subList(0, half), intents.subList(half, intents.size()))) {
            new Landing(url, clones, pusher, settings, patience.exhausted()).run(part, size -> List.of());
        }
    }

    private String where(PushOutcome outcome) {
        List<BranchName> branches = outcome.chains().stream().map(Chain::branch).toList();
        return url + " " + branches.toString().replaceAll("[\\[\\]]", "");
    }

    private void recover(IOException problem) {
        FailureException failure = RemoteFailures.failure(problem, url);
        if (Clones.isOurs(problem) && !patience.afterBreak()) {
            // New clones broke as well, so it is one of the changes: the others must not wait, or fail, with it.
            apart(open, intents -> failAll(intents, failure));
            return;
        }
        if (!RemoteFailures.mayPass(failure) || !patience.afterFault()) {
            failAll(open, failure);
            return;
        }
        try {
            if (Clones.isOurs(problem) || patience.isRepeatedFault()) {
                clones.discard();
            }
        } catch (IOException again) {
            problem.addSuppressed(again);
        }
        patience.pause(pusher.askedToWait());
    }

    /** All branches that are written to or looked at. */
    private Set<BranchName> branches() {
        Set<BranchName> branches = new HashSet<>();
        for (Intent intent : open) {
            for (Change change : intent.changes()) {
                branches.add(change.branch());
                change.expected().stream().map(Precondition::branch).forEach(branches::add);
            }
        }
        return branches;
    }

    /** Whether a change rests on a branch that its own push says nothing of: then that must be read from the server. */
    private boolean looksElsewhere() {
        return open.stream().anyMatch(intent -> {
            Set<BranchName> own = new HashSet<>();
            intent.changes().forEach(change -> own.add(change.branch()));
            return intent.changes().stream()
                    .flatMap(change -> change.expected().stream())
                    .anyMatch(expected -> !own.contains(expected.branch()));
        });
    }

    private boolean isAbsent(BranchName branch) {
        return clones.tips().isAbsent(branch);
    }

    private Map<BranchName, ObjectId> knownTips() throws IOException {
        Map<BranchName, ObjectId> tips = new HashMap<>();
        for (BranchName branch : branches()) {
            ObjectId known = clones.tips().known(branch);
            if (known != null) {
                tips.put(branch, known);
            }
        }
        return tips;
    }

    private void failAll(List<Intent> intents, FailureException failure) {
        intents.forEach(intent -> fail(intent, failure));
    }

    /**
     * When part of a group has landed, on a server without atomic pushes, the branches that began go again; what cannot be
     * taken back is told.
     */
    private void fail(Intent intent, FailureException failure) {
        intent.begun().forEach((branch, commit) -> {
            try {
                pusher.remove(branch, commit, url);
                intent.takenBack(branch);
            } catch (IOException | FailureException remains) {
                failure.addSuppressed(remains);
            }
        });
        String undone = intent.undone();
        Failure known = failure.failure();
        intent.failed(
                undone.isEmpty()
                        ? failure
                        : new FailureException(
                                new Failure(
                                        known.kind(),
                                        known.what() + "; " + undone + ", the rest is missing",
                                        known.where(),
                                        "run it again: it goes on where it stopped",
                                        known.retryAfter()),
                                failure));
    }
}
