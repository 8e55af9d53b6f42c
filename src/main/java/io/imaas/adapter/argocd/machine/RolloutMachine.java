package io.imaas.adapter.argocd.machine;

import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rollout algorithm: (state, observation, time) -> (next state, commands). Only the conjunction of sync, operation,
 * revision, health and the live workload's own digest is evidence of a live commit; each alone has lied
 * (kargo#6357, argo-cd#5592, #7680, #29716).
 */
public final class RolloutMachine {
    private RolloutMachine() {}

    /** Begins: Argo CD is asked to read Git at once, so that no poll interval is waited for. */
    public static Step begin(Goal goal, Limits limits, Instant now) {
        RolloutState start = new RolloutState(
                goal,
                limits,
                now,
                Phase.OPENING,
                "Argo CD's answer",
                now,
                null,
                false,
                null,
                Map.of(),
                Map.of(),
                Set.of(),
                Map.of(),
                null,
                null,
                null,
                List.of(),
                now,
                now,
                1,
                0,
                0,
                null,
                null,
                "",
                null,
                null);
        Draft draft = new Draft(start, now);
        draft.want(new Command.Refresh(false));
        Decision.decide(draft);
        return draft.freeze(true);
    }

    /** Takes in what was observed and decides anew. An ended rollout stays as it is. */
    public static Step step(RolloutState state, Observation observation, Instant now) {
        if (state.ended()) {
            return new Step(state, List.of(), null);
        }
        Draft draft = new Draft(state, now);
        absorb(draft, observation);
        boolean deciding = draft.outcome == null;
        if (deciding) {
            Decision.decide(draft);
        }
        return draft.freeze(deciding);
    }

    private static void absorb(Draft draft, Observation observation) {
        if (observation instanceof Observation.Seen seen) {
            see(draft, seen.view(), seen.direct());
        } else if (observation instanceof Observation.Removed) {
            draft.direct = false;
            draft.want(new Command.Look());
        } else if (observation instanceof Observation.Compared compared) {
            draft.answered(Command.Kind.COMPARE);
            draft.standings.put(compared.revision(), compared.standing());
        } else if (observation instanceof Observation.Windows windows) {
            draft.answered(Command.Kind.WINDOWS);
            windows(draft, windows);
        } else if (observation instanceof Observation.Confirmed confirmed) {
            draft.answered(Command.Kind.CONFIRM);
            see(draft, confirmed.view(), true);
            draft.confirmation = new Confirmation(confirmed.view().version(), draft.now, confirmed.workloads());
        } else if (observation instanceof Observation.Inspected inspected) {
            draft.answered(Command.Kind.INSPECT);
            draft.inspection = inspected.inspection();
        } else if (observation instanceof Observation.Probed probed) {
            draft.answered(Command.Kind.PROBE);
            draft.probe = probed.result();
        } else if (observation instanceof Observation.Explained explained) {
            draft.answered(Command.Kind.EXPLAIN);
            explained(draft, explained.reasons());
        } else if (observation instanceof Observation.Done done) {
            draft.answered(done.kind());
            draft.silentRefreshes = done.kind() == Command.Kind.REFRESH ? 0 : draft.silentRefreshes;
        } else if (observation instanceof Observation.Refused refused) {
            Refusals.absorb(draft, refused);
        }
    }

    private static void see(Draft draft, ApplicationView view, boolean direct) {
        draft.lastContact = draft.now;
        draft.lastSeen = draft.now;
        // What a read of our own could not get, only a read of our own can prove to be there.
        if (direct) {
            draft.absentSince = null;
            draft.deniedSince = null;
            draft.trouble = "";
        }
        if (draft.baseline == null) {
            draft.baseline = view.operation() == null || view.operation().running() ? "" : Sight.key(view.operation());
        }
        if (direct || draft.view == null || view.notOlderThan(draft.view)) {
            draft.direct = direct;
            draft.view = view;
        }
    }

    private static void windows(Draft draft, Observation.Windows windows) {
        draft.lastContact = draft.now;
        if (windows.closed()) {
            draft.finish(new RolloutOutcome(Verdict.REFUSED, null, List.of(windows.description()), draft.now));
        } else {
            Starting.sync(draft);
        }
    }

    /** The outcome stands; the reasons found follow the one already known. */
    private static void explained(Draft draft, List<String> reasons) {
        draft.explanation = List.copyOf(reasons);
        if (draft.ending != null) {
            draft.finish(draft.explained(draft.ending));
        }
    }
}
