package io.imaas.cli;

import io.imaas.model.request.PlanRequest;
import io.imaas.model.request.ReviewRequest;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.DirectChangePolicy;
import io.imaas.model.tenancy.EnvironmentName;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code imaas review}: what a person pushed or merged, reviewed by the gates of a promotion. */
@Command(
        name = "review",
        description = {
            "Review what somebody pushed or merged to an environment's branch by the gates of a promotion,",
            "explain it file by file, and let it stay, flag it or take it back."
        })
public final class ReviewCommand extends PlanCommand {
    @Parameters(paramLabel = "ENV", description = "which environment")
    private String environment;

    @Option(
            names = "--before",
            paramLabel = "COMMIT",
            description = "the branch's tip before the change (default: the orchestrator's own last commit)")
    private String before;

    @Option(
            names = "--policy",
            paramLabel = "allow|flag|revert",
            description = "what becomes of a refused change (default: directChanges in the platform's metadata)")
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
