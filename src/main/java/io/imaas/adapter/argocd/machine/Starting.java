package io.imaas.adapter.argocd.machine;

import io.imaas.model.rollout.RolloutOutcome.Verdict;
import java.time.Duration;
import java.util.List;

/** Until the sync of the commit begins: Argo CD must see the commit, and somebody must start the sync. */
record Starting(RolloutState state, Sight sight) {
    /** A request that was not heard is repeated after this; Argo CD refuses a second one while the first runs. */
    private static final Duration AGAIN = Duration.ofSeconds(15);

    /** More would only repeat the same failure. */
    private static final int MOST_SYNCS = 3;

    /**
     * Argo CD compares with a commit that lacks ours.
     *
     * @param applied whether ours was applied all the same, by a request that named it
     */
    void unseen(boolean applied) {
        if (steeredByAPerson()) {
            return;
        }
        state.waitFor(
                Phase.UNSEEN,
                "Argo CD to see " + state.goal.commit().abbreviated() + "; it is at " + Decision.named(sight.seen()));
        if (state.view.automated() || applied) {
            nudge();
        } else {
            request(state.goal.commit().value());
        }
    }

    /** Argo CD sees the commit and is not applying it. */
    void begin(String why) {
        if (steeredByAPerson()) {
            return;
        }
        state.waitFor(
                Phase.STARTING,
                "the sync of " + Decision.named(sight.seen()) + " to begin" + (why.isEmpty() ? "" : ": " + why));
        if (!state.view.automated()) {
            request(sight.seen().get(0));
        } else if (state.heldFor(Mark.IDLE, state.limits.skipped()) && state.syncs < MOST_SYNCS) {
            // A window may forbid automatic syncs and allow ours: asking first keeps us from slipping through it.
            state.want(new Command.Windows(), AGAIN);
        }
    }

    /** What a person set on an application of ours, as a rollback by hand does, is told and never undone. */
    private boolean steeredByAPerson() {
        if (!state.view.own()) {
            return false;
        }
        String name = state.goal.application().toString();
        String what = !state.view.automated()
                ? "somebody paused the automatic sync of application " + name + "; to go on: argocd app set " + name
                        + " --sync-policy automated --auto-prune --self-heal"
                : sight.pinned()
                        .map(commit -> "somebody pinned application " + name + " to " + commit
                                + "; to go on: argocd app set " + name + " --revision BRANCH")
                        .orElse("");
        if (what.isEmpty()) {
            return false;
        }
        state.waitFor(Phase.STARTING, what);
        if (state.heldFor(Mark.PAUSED, state.limits.skipped())) {
            state.conclude(Verdict.REFUSED, null, List.of(what));
        }
        return true;
    }

    private void request(String revision) {
        if (state.syncs < MOST_SYNCS) {
            ask(state, new Command.Sync(revision, sight.sourcesOfRequest(), true), AGAIN);
        }
    }

    /** The windows are open: the sync that Argo CD skipped, at what the application follows. */
    static void sync(RolloutState state) {
        if (state.view != null && state.view.automated() && !state.view.operating()) {
            ask(state, new Command.Sync("", List.of(), state.view.prunes()), AGAIN);
        }
    }

    private static void ask(RolloutState state, Command.Sync sync, Duration pause) {
        if (state.want(sync, pause)) {
            state.syncs++;
        }
    }

    /** Twice early, since a refresh may be lost; then now and then, the first time without any cache. */
    private void nudge() {
        Duration pause = state.nudges == 1 ? state.limits.nudge() : state.limits.stalled();
        if (state.want(new Command.Refresh(state.nudges == 2), pause)) {
            state.nudges++;
        }
    }
}
