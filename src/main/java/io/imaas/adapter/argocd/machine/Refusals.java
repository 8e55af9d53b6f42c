package io.imaas.adapter.argocd.machine;

import io.imaas.adapter.argocd.machine.Observation.Refused;
import io.imaas.adapter.argocd.machine.Observation.Why;
import io.imaas.model.rollout.RolloutOutcome;
import io.imaas.model.rollout.RolloutOutcome.Verdict;
import java.util.List;

/** What a refused command means for a rollout. */
final class Refusals {
    /** A sync request that the server finds wrong is repeated this often: a new project takes a moment to be known. */
    private static final int WRONG_REQUESTS = 3;

    private Refusals() {}

    static void absorb(RolloutState state, Refused refused) {
        state.answered(refused.kind());
        state.trouble = refused.message();
        if (refused.why() != Why.UNREACHABLE && refused.why() != Why.SLOW) {
            state.lastContact = state.now;
        }
        switch (refused.kind()) {
            case SYNC -> sync(state, refused);
            case EXPLAIN -> {
                if (state.ending != null) {
                    state.finish(state.ending);
                }
            }
            case LOOK, REFRESH, CONFIRM -> read(state, refused);
            case TERMINATE, COMPARE, WINDOWS, PROBE, INSPECT -> {
                // Asked again when its time comes; the rollout's own limits end it.
            }
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
        if (refused.kind() == Command.Kind.REFRESH && refused.why() == Why.SLOW) {
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
