package io.imaas.plan;

import io.imaas.model.BranchName;
import io.imaas.model.EnvironmentName;

/**
 * Asks people to merge what an earlier step committed to a branch of its own.
 *
 * @param from the branch with the change
 * @param into the environment whose policy wants pull requests
 * @param body Markdown
 */
public record OpenPullRequest(String id, BranchName from, EnvironmentName into, String headline, String body)
        implements PlannedStep {
    @Override
    public String title() {
        return "Pull request into " + into;
    }
}
