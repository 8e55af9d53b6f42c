package io.imaas.plan.step;

import io.imaas.model.source.BranchProtection;
import io.imaas.model.source.RepositoryUrl;
import java.util.List;

/**
 * Sees that the Git server keeps others from what only the orchestrator writes, and everybody from rewriting history; and
 * that it tells of pushes.
 *
 * @param webhook the address to tell; empty: none
 */
public record EnsureProtection(String id, RepositoryUrl url, List<BranchProtection> branches, String webhook)
        implements PlannedStep {
    public EnsureProtection {
        branches = List.copyOf(branches);
    }

    @Override
    public boolean isUndone() {
        return true;
    }

    @Override
    public String title() {
        return "Branch protection";
    }
}
