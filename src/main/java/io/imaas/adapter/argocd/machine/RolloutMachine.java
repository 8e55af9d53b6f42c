package io.imaas.adapter.argocd.machine;

import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import java.time.Instant;
import java.util.List;

/**
 * The rollout algorithm: a state, an observation and the time give the next state and commands. Only the conjunction of sync, operation,
 * revision, health and the live workload's own digest is evidence of a live commit; each alone has lied
 * (kargo#6357, argo-cd#5592, #7680, #29716).
 */
public final class RolloutMachine {
    private RolloutMachine() {}

    /** Begins: Argo CD is asked to read Git at once, so that no poll interval is waited for. */
    public static RolloutState begin(Goal goal, Limits limits, Instant now) {
        RolloutState state = new RolloutState(goal, limits, now);
        state.want(new Command.Refresh(false));
        Decision.decide(state);
        state.end(true);
        return state;
    }

    /** Takes in what was observed and decides anew. An ended rollout stays as it is. */
    public static void step(RolloutState state, Observation observation, Instant now) {
        if (state.ended()) {
            return;
        }
        state.begin(now);
        absorb(state, observation);
        boolean deciding = state.outcome == null;
        if (deciding) {
            Decision.decide(state);
        }
        state.end(deciding);
    }

    private static void absorb(RolloutState state, Observation observation) {
        if (observation instanceof Observation.Seen seen) {
            see(state, seen.view(), seen.direct());
        } else if (observation instanceof Observation.Removed) {
            state.direct = false;
            state.want(new Command.Look());
        } else if (observation instanceof Observation.Compared compared) {
            state.answered(Command.Kind.COMPARE);
            state.standings.put(compared.revision(), compared.standing());
        } else if (observation instanceof Observation.Windows windows) {
            state.answered(Command.Kind.WINDOWS);
            windows(state, windows);
        } else if (observation instanceof Observation.Confirmed confirmed) {
            state.answered(Command.Kind.CONFIRM);
            state.lastContact = state.now;
            state.confirmation = new Confirmation(confirmed.view(), state.now, confirmed.workloads());
        } else if (observation instanceof Observation.Inspected inspected) {
            state.answered(Command.Kind.INSPECT);
            state.inspection = inspected.inspection();
        } else if (observation instanceof Observation.Probed probed) {
            state.answered(Command.Kind.PROBE);
            state.probe = probed.result();
        } else if (observation instanceof Observation.Explained explained) {
            state.answered(Command.Kind.EXPLAIN);
            explained(state, explained.reasons());
        } else if (observation instanceof Observation.Done done) {
            state.answered(done.kind());
            state.silentRefreshes = done.kind() == Command.Kind.REFRESH ? 0 : state.silentRefreshes;
        } else if (observation instanceof Observation.Refused refused) {
            Refusals.absorb(state, refused);
        }
    }

    private static void see(RolloutState state, ApplicationView view, boolean direct) {
        state.lastContact = state.now;
        state.lastSeen = state.now;
        // What a read of our own could not get, only a read of our own can prove to be there.
        if (direct) {
            state.absentSince = null;
            state.deniedSince = null;
            state.trouble = "";
        }
        if (state.baseline == null) {
            state.baseline = view.operation() == null || view.operation().running() ? "" : Sight.key(view.operation());
        }
        if (direct || state.view == null || view.notOlderThan(state.view)) {
            state.direct = direct;
            state.view = view;
        }
    }

    private static void windows(RolloutState state, Observation.Windows windows) {
        state.lastContact = state.now;
        if (windows.closed()) {
            state.finish(new RolloutOutcome(Verdict.REFUSED, null, List.of(windows.description()), state.now));
        } else {
            Starting.sync(state);
        }
    }

    /** The outcome stands; the reasons found follow the one already known. */
    private static void explained(RolloutState state, List<String> reasons) {
        state.explanation = List.copyOf(reasons);
        if (state.ending != null) {
            state.finish(state.explained(state.ending));
        }
    }
}
