package io.imaas.adapter.argocd.machine;

import io.imaas.adapter.argocd.machine.Observation.Confirmation;
import io.imaas.adapter.argocd.machine.Observation.Refused;
import io.imaas.adapter.argocd.machine.Observation.Why;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.Set;

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
            state.answered(Command.Compare.class);
            state.standings.put(compared.revision(), compared.standing());
        } else if (observation instanceof Observation.Windows windows) {
            state.answered(Command.Windows.class);
            windows(state, windows);
        } else if (observation instanceof Observation.Confirmed confirmed) {
            state.answered(Command.Confirm.class);
            state.lastContact = state.now;
            state.confirmation = new Confirmation(confirmed.view(), state.now, confirmed.workloads());
        } else if (observation instanceof Observation.Inspected inspected) {
            state.answered(Command.Inspect.class);
            state.inspection = inspected.inspection();
        } else if (observation instanceof Observation.Probed probed) {
            state.answered(Command.Probe.class);
            state.probe = probed.result();
        } else if (observation instanceof Observation.Explained explained) {
            state.answered(Command.Explain.class);
            explained(state, explained.reasons());
        } else if (observation instanceof Observation.Done done) {
            state.answered(done.command().getClass());
            state.silentRefreshes = done.command() instanceof Command.Refresh ? 0 : state.silentRefreshes;
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

    /** What a refused command means for a rollout. */
    private static final class Refusals {
        /** A sync request that the server finds wrong is repeated this often: a new project takes a moment to be known. */
        private static final int WRONG_REQUESTS = 3;

        private static final Set<Class<? extends Command>> READS =
                Set.of(Command.Look.class, Command.Refresh.class, Command.Confirm.class);

        private Refusals() {}

        static void absorb(RolloutState state, Refused refused) {
            state.answered(refused.command().getClass());
            state.trouble = refused.message();
            if (refused.why() != Why.UNREACHABLE && refused.why() != Why.SLOW) {
                state.lastContact = state.now;
            }
            // What is none of these is asked again when its time comes; the rollout's own limits end it.
            if (refused.command() instanceof Command.Sync) {
                sync(state, refused);
            } else if (refused.command() instanceof Command.Explain && state.ending != null) {
                state.finish(state.ending);
            } else if (READS.contains(refused.command().getClass())) {
                read(state, refused);
            }
        }

        private static void sync(RolloutState state, Refused refused) {
            switch (refused.why()) {
                case DENIED, WINDOW -> end(state, Verdict.REFUSED, refused.message());
                case BUSY -> {
                    state.syncs--;
                    state.want(new Command.Look());
                }
                case REJECTED -> {
                    if (state.syncs >= WRONG_REQUESTS) {
                        end(state, Verdict.FAILED, "Argo CD refuses the sync: " + refused.message());
                    }
                }
                // It may have been heard: the next sync is asked for only after the application was read.
                case SLOW, UNREACHABLE, ABSENT, MISADDRESSED -> state.want(new Command.Look());
            }
        }

        private static void read(RolloutState state, Refused refused) {
            if (refused.command() instanceof Command.Refresh && refused.why() == Why.SLOW) {
                state.silentRefreshes++;
                state.want(new Command.Look());
            }
            if (refused.why() == Why.MISADDRESSED) {
                end(state, Verdict.UNKNOWN, refused.message());
                return;
            }
            if (refused.why() == Why.DENIED && state.deniedSince == null) {
                state.deniedSince = state.now;
            } else if (refused.why() == Why.ABSENT && state.absentSince == null) {
                state.absentSince = state.now;
            }
        }

        private static void end(RolloutState state, Verdict verdict, String reason) {
            state.finish(new RolloutOutcome(verdict, null, List.of(reason), state.now));
        }
    }
}
