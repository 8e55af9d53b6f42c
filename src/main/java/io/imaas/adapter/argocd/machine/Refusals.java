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

    static void absorb(Draft draft, Refused refused) {
        draft.answered(refused.kind());
        draft.trouble = refused.message();
        if (refused.why() != Why.UNREACHABLE && refused.why() != Why.SLOW) {
            draft.lastContact = draft.now;
        }
        switch (refused.kind()) {
            case SYNC -> sync(draft, refused);
            case EXPLAIN -> {
                if (draft.ending != null) {
                    draft.finish(draft.ending);
                }
            }
            case LOOK, REFRESH, CONFIRM -> read(draft, refused);
            case TERMINATE, COMPARE, WINDOWS, PROBE, INSPECT -> {
                // Asked again when its time comes; the rollout's own limits end it.
            }
        }
    }

    private static void sync(Draft draft, Refused refused) {
        switch (refused.why()) {
            case DENIED, WINDOW -> end(draft, Verdict.REFUSED, refused.message());
            case BUSY -> {
                draft.syncs--;
                draft.want(new Command.Look());
            }
            case REJECTED -> {
                if (draft.syncs >= WRONG_REQUESTS) {
                    end(draft, Verdict.FAILED, "Argo CD refuses the sync: " + refused.message());
                }
            }
            // It may have been heard: the next sync is asked for only after the application was read.
            case SLOW, UNREACHABLE, ABSENT, MISADDRESSED -> draft.want(new Command.Look());
        }
    }

    private static void read(Draft draft, Refused refused) {
        if (refused.kind() == Command.Kind.REFRESH && refused.why() == Why.SLOW) {
            draft.silentRefreshes++;
        }
        if (refused.why() == Why.MISADDRESSED) {
            end(draft, Verdict.UNKNOWN, refused.message());
            return;
        }
        if (refused.why() == Why.DENIED && draft.deniedSince == null) {
            draft.deniedSince = draft.now;
        } else if (refused.why() == Why.ABSENT && draft.absentSince == null) {
            draft.absentSince = draft.now;
        }
    }

    private static void end(Draft draft, Verdict verdict, String reason) {
        draft.finish(new RolloutOutcome(verdict, null, List.of(reason), draft.now));
    }
}
