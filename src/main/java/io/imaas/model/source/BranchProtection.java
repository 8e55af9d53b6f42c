package io.imaas.model.source;

import java.io.Serializable;
import java.util.List;

/**
 * How branches of a repository are to be protected on its Git server. Nobody may delete or rewrite any of them; the
 * orchestrator may push to all of them.
 *
 * @param pattern a branch's name, or a pattern with {@code *} such as {@code rendered/*}
 * @param orchestratorAlone whether nobody else may push, or merge into it
 * @param approvals how many reviews a change by others needs; 0: others may push
 * @param checks names of the commit statuses without which nothing is merged
 */
public record BranchProtection(String pattern, boolean orchestratorAlone, int approvals, List<String> checks)
        implements Serializable {
    public BranchProtection {
        checks = List.copyOf(checks);
    }

    /** Branches that the orchestrator alone writes. */
    public static BranchProtection orchestratorAlone(String pattern) {
        return new BranchProtection(pattern, true, 0, List.of());
    }

    /** Branches that others change by pull request, or, with no approvals, by a push. */
    public static BranchProtection reviewed(String pattern, int approvals, List<String> checks) {
        return new BranchProtection(pattern, false, approvals, checks);
    }
}
