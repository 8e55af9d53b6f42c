package io.imaas.plan.step;

import io.imaas.model.source.BranchName;
import io.imaas.model.tenancy.EnvironmentName;

/**
 * Asks for the merge of what an earlier step committed to a branch of its own.
 *
 * @param from the branch with the change
 * @param into the environment whose policy wants pull requests
 * @param body Markdown
 * @param autoMerge whether the server merges it by itself as soon as its rules allow it; else people do
 */
public record OpenPullRequest(
        String id, BranchName from, EnvironmentName into, String headline, String body, boolean autoMerge)
        implements PlannedStep {
    @Override
    public String title() {
        return "Pull request into " + into;
    }
}
