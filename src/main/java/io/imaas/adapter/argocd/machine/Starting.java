package io.imaas.adapter.argocd.machine;

import java.time.Duration;

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

    private void request(String revision) {
        if (draft.syncs < MOST_SYNCS) {
            ask(draft, new Command.Sync(revision, sight.sourcesOfRequest(), true), AGAIN);
        }
    }

    /** The windows are open: the sync that Argo CD skipped, at what the application follows. */
    static void sync(Draft draft) {
        if (draft.view != null && draft.view.automated() && !draft.view.operating()) {
            ask(draft, new Command.Sync("", java.util.List.of(), draft.view.prunes()), AGAIN);
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
