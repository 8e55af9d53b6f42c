package io.imaas.cli;

import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.PlanRequest.ReviewRequest;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.Environment.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code imaas review}: what a person pushed or merged, reviewed by the gates of a promotion. */
@Command(
        name = "review",
        description = {
            "Review changes that somebody pushed or merged to an environment's branch, with the gates of "
                    + "a promotion:",
            "explain them file by file, and keep, flag or revert them."
        })
public final class ReviewCommand extends PlanCommand {
    @Parameters(paramLabel = "ENV", description = "which environment")
    private String environment;

    @Option(
            names = "--before",
            paramLabel = "COMMIT",
            description = "the branch's last commit before the change (default: the orchestrator's own last commit)")
    private String before;

    @Option(
            names = "--policy",
            paramLabel = "allow|flag|revert",
            description = "what happens to a refused change (default: directChanges in the platform's files)")
    private DirectChangePolicy policy;

    @Override
    PlanRequest request(Session session) {
        return new ReviewRequest(
                new EnvironmentName(environment), before == null ? null : new CommitId(before), null, policy);
    }

    @Override
    boolean tellsPlan() {
        return true;
    }
}
