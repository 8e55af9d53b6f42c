package io.imaas.step;

import io.imaas.model.Effect;
import io.imaas.model.FailureException;
import io.imaas.plan.OpenPullRequest;
import io.imaas.port.PullRequests;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;
import java.util.List;
import java.util.Optional;

/** Opens the pull request of a promotion, or finds it open and brings its words up to date. */
public final class OpenPullRequestRunner implements StepRunner<OpenPullRequest> {
    private final Optional<PullRequests> pullRequests;

    /** @param pullRequests empty where the Git server has none */
    public OpenPullRequestRunner(Optional<PullRequests> pullRequests) {
        this.pullRequests = pullRequests;
    }

    @Override
    public Class<OpenPullRequest> kind() {
        return OpenPullRequest.class;
    }

    @Override
    public Outcome run(OpenPullRequest step, StepContext context) {
        PullRequests server = pullRequests.orElseThrow(() -> FailureException.input(
                step.into() + " takes changes by pull request, and this Git server has none",
                "branch " + step.from(),
                "merge the branch by hand, or set pullRequests: false for " + step.into()));
        PullRequests.PullRequest opened = server.open(step.from(), step.into().branch(), step.headline(), step.body());
        context.log(opened.url());
        return Outcome.done(null, List.of(Effect.created("pull request", "#" + opened.number(), opened.url())));
    }
}
