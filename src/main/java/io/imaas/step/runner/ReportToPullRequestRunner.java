package io.imaas.step.runner;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Problem;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.plan.step.ReportToPullRequest;
import io.imaas.port.LineComments.Found;
import io.imaas.port.PullRequests;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes the one comment of a pull request anew, sets its commit's status, and shows findings at their lines.
 *
 * @param pullRequests of a repository; empty where its server has none
 */
public record ReportToPullRequestRunner(Function<RepositoryUrl, Optional<PullRequests>> pullRequests)
        implements StepRunner<ReportToPullRequest> {
    @Override
    public Outcome run(ReportToPullRequest step, StepContext context) {
        Optional<PullRequests> server = pullRequests.apply(step.repository());
        if (server.isEmpty()) {
            return Outcome.skipped("the server of " + step.repository() + " has no pull requests");
        }
        PullRequestComment comment = PullRequestComment.of(step, context);
        String url = step.build().matches("https?://\\S+") ? step.build() : "";
        // First of all: a required check that is never set holds the pull request back for ever.
        if (step.commit() != null) {
            server.get().status(step.commit(), step.marker(), comment.state(), comment.sentence(), url);
        }
        server.get().comment(step.number(), step.marker(), comment.markdown());
        int lines = step.commit() == null
                ? 0
                : server.get().annotate(step.number(), step.commit(), step.marker(), found(step, context));
        return Outcome.done(
                null,
                List.of(Effect.updated(
                        "comment",
                        "pull request #" + step.number(),
                        comment.sentence() + (lines == 0 ? "" : ", " + lines + " findings at their lines"))));
    }

    private static List<Found> found(ReportToPullRequest step, StepContext context) {
        List<Problem> all = new ArrayList<>(step.problems());
        step.about().keySet().forEach(id -> context.outcome(id)
                .map(PullRequestComment::problems)
                .ifPresent(problems -> {
                    String folder = step.folders().getOrDefault(id, "");
                    problems.forEach(problem -> all.add(problem.below(folder)));
                }));
        return all.stream()
                .map(problem -> new Found(problem, PullRequestComment.atLine(problem)))
                .toList();
    }
}
