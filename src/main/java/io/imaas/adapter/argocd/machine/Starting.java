package io.imaas.adapter.argocd.machine;

import io.imaas.model.rollout.RolloutOutcome.Verdict;
import java.time.Duration;
import java.util.List;

/** Until the sync of the commit begins: Argo CD must see the commit, and somebody must start the sync. */
final class Starting {
    /** A request that was not heard is repeated after this; Argo CD refuses a second one while the first runs. */
    private static final Duration AGAIN = Duration.ofSeconds(15);

    /** More would only repeat the same failure. */
    private static final int MOST_SYNCS = 3;

    private final Draft draft;
    private final Sight sight;

    Starting(Draft draft, Sight sight) {
        this.draft = draft;
        this.sight = sight;
    }

    /**
     * Argo CD compares with a commit that lacks ours.
     *
     * @param applied whether ours was applied all the same, by a request that named it
     */
    void unseen(boolean applied) {
        if (steeredByAPerson()) {
            return;
        }
        draft.waitFor(
                Phase.UNSEEN,
                "Argo CD to see " + draft.goal.commit().abbreviated() + "; it is at " + Decision.named(sight.seen()));
        if (draft.view.automated() || applied) {
            nudge();
        } else {
            request(draft.goal.commit().value());
        }
    }

    /** Argo CD sees the commit and is not applying it. */
    void begin(String why) {
        if (steeredByAPerson()) {
            return;
        }
        draft.waitFor(
                Phase.STARTING,
                "the sync of " + Decision.named(sight.seen()) + " to begin" + (why.isEmpty() ? "" : ": " + why));
        if (!draft.view.automated()) {
            request(sight.seen().get(0));
        } else if (draft.heldFor(Mark.IDLE, draft.limits.skipped()) && draft.syncs < MOST_SYNCS) {
            // A window may forbid automatic syncs and allow ours: asking first keeps us from slipping through it.
            draft.want(new Command.Windows(), AGAIN);
        }
    }

    /** What a person set on an application of ours, as a rollback by hand does, is told and never undone. */
    private boolean steeredByAPerson() {
        if (!draft.view.own()) {
            return false;
        }
        String name = draft.goal.application().toString();
        String what = !draft.view.automated()
                ? "somebody paused the automatic sync of application " + name + "; to go on: argocd app set " + name
                        + " --sync-policy automated --auto-prune --self-heal"
                : sight.pinned()
                        .map(commit -> "somebody pinned application " + name + " to " + commit
                                + "; to go on: argocd app set " + name + " --revision BRANCH")
                        .orElse("");
        if (what.isEmpty()) {
            return false;
        }
        draft.waitFor(Phase.STARTING, what);
        if (draft.heldFor(Mark.PAUSED, draft.limits.skipped())) {
            draft.conclude(Verdict.REFUSED, null, List.of(what));
        }
        return true;
    }

    private void request(String revision) {
        if (draft.syncs < MOST_SYNCS) {
            ask(draft, new Command.Sync(revision, sight.sourcesOfRequest(), true), AGAIN);
        }
    }

    /** The windows are open: the sync that Argo CD skipped, at what the application follows. */
    static void sync(Draft draft) {
        if (draft.view != null && draft.view.automated() && !draft.view.operating()) {
            ask(draft, new Command.Sync("", List.of(), draft.view.prunes()), AGAIN);
        }
    }

    private static void ask(Draft draft, Command.Sync sync, Duration pause) {
        if (draft.want(sync, pause)) {
            draft.syncs++;
        }
    }

    /** Twice early, since a refresh may be lost; then now and then, the first time without any cache. */
    private void nudge() {
        Duration pause = draft.nudges == 1 ? draft.limits.nudge() : draft.limits.stalled();
        if (draft.want(new Command.Refresh(draft.nudges == 2), pause)) {
            draft.nudges++;
        }
    }
}
