package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.FailureException;
import io.imaas.plan.step.OpenPullRequest;
import io.imaas.port.PullRequests;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Opens the pull request of a promotion, or finds it open and brings its words up to date. Plan, gates and rendered diff
 * stand in one comment that is rewritten in place: what people wrote below it stays where it is, and nobody gets a mail
 * for every new rendering.
 *
 * @param pullRequests empty where the Git server has none
 */
public record OpenPullRequestRunner(Optional<PullRequests> pullRequests) implements StepRunner<OpenPullRequest> {
    @Override
    public Outcome run(OpenPullRequest step, StepContext context) {
        PullRequests server = pullRequests.orElseThrow(() -> FailureException.input(
                step.into() + " takes changes by pull request, and this Git server has none",
                "branch " + step.from(),
                "merge the branch by hand, or set pullRequests: false for " + step.into()));
        PullRequests.PullRequest opened =
                server.open(step.from(), step.into().branch(), step.headline(), summary(step.body()));
        server.comment(
                opened.number(), "imaas promotion to " + step.into(), "### " + step.headline() + "\n\n" + step.body());
        context.log(opened.url());
        List<Effect> effects = new ArrayList<>();
        effects.add(Effect.created("pull request", "#" + opened.number(), opened.url()));
        if (step.autoMerge()) {
            server.mergeWhenAllowed(opened.number(), opened.head())
                    .map(commit -> Effect.updated(step.into().value(), "#" + opened.number(), "merged as " + commit))
                    .ifPresentOrElse(
                            effects::add, () -> context.log("it is merged as soon as the server's rules allow it"));
        }
        return Outcome.done(null, effects);
    }

    /** What it is about; the comment tells the rest. */
    private static String summary(String body) {
        int paragraph = body.indexOf("\n\n");
        return paragraph < 0 ? body : body.substring(0, paragraph);
    }
}
