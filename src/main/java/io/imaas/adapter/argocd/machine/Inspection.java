package io.imaas.adapter.argocd.machine;

import io.imaas.model.rollout.RolloutOutcome.Verdict;
import java.util.List;

/**
 * What pods say of themselves.
 *
 * @param of what was asked
 * @param rejected whether the release could not be applied: a Job before it is stuck, or the cluster refuses its pods
 * @param reasons one line each for what fails; empty when nothing does
 * @param waiting why pods have no node yet, in the server's words: that may end by itself, so it is told and no evidence
 */
public record Inspection(Command.Inspect of, boolean rejected, List<String> reasons, List<String> waiting) {
    public Inspection {
        reasons = List.copyOf(reasons);
        waiting = List.copyOf(waiting);
    }

    Verdict verdict() {
        return rejected ? Verdict.FAILED : Verdict.DEGRADED;
    }
}
