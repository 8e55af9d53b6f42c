package io.imaas.step.runner;

import io.imaas.model.failure.Problem;
import io.imaas.plan.MarkdownText;
import io.imaas.plan.step.ReportToPullRequest;
import io.imaas.port.PullRequests;
import io.imaas.run.Outcome;
import io.imaas.run.StepContext;
import io.imaas.run.StepOutput;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a pull request is told.
 *
 * @param sentence the whole in a few words, for the commit status
 */
record PullRequestComment(PullRequests.State state, String sentence, String markdown) {
    /** More than this of one step is read in the build's log. */
    private static final int MOST_PROBLEMS = 20;

    static PullRequestComment of(ReportToPullRequest step, StepContext context) {
        StringBuilder rows = new StringBuilder();
        StringBuilder findings = new StringBuilder();
        int failed = 0;
        int unstable = 0;
        for (var about : step.about().entrySet()) {
            Optional<Outcome> outcome = context.outcome(about.getKey());
            failed += outcome.filter(Outcome.Failed.class::isInstance).isPresent() ? 1 : 0;
            unstable += outcome.filter(PullRequestComment::warns).isPresent() ? 1 : 0;
            String word = outcome.map(PullRequestComment::word).orElse("not run");
            String detail = outcome.map(PullRequestComment::detail).orElse("");
            rows.append("| ")
                    .append(MarkdownText.cell(about.getValue()))
                    .append(" | ")
                    .append(word)
                    .append(" | ")
                    .append(MarkdownText.cell(detail))
                    .append(" |\n");
            outcome.map(PullRequestComment::problems).ifPresent(problems -> list(about.getValue(), problems, findings));
        }
        boolean refused = !step.refusal().isEmpty();
        String sentence = refused
                ? step.refusal()
                : failed > 0
                        ? count(failed, "check") + " failed"
                        : unstable > 0 ? "good, with warnings in " + count(unstable, "check") : "all checks are good";
        StringBuilder markdown = new StringBuilder("### ").append(MarkdownText.line(step.headline()));
        if (step.commit() != null) {
            markdown.append("\n\n**")
                    .append(sentence)
                    .append("** at ")
                    .append(step.commit().abbreviated());
        }
        if (!step.build().isEmpty()) {
            markdown.append(", ").append(MarkdownText.line(step.build()));
        }
        markdown.append("\n");
        if (!step.about().isEmpty()) {
            markdown.append("\n| step | | |\n|---|---|---|\n").append(rows).append(findings);
        }
        if (!step.preview().isEmpty()) {
            markdown.append('\n').append(step.preview()).append('\n');
        }
        return new PullRequestComment(
                failed > 0 || refused ? PullRequests.State.FAILURE : PullRequests.State.SUCCESS,
                sentence,
                markdown.toString());
    }

    private static boolean warns(Outcome outcome) {
        return (outcome instanceof Outcome.Succeeded done && !done.warnings().isEmpty())
                || (outcome instanceof Outcome.Skipped skipped && skipped.unstable());
    }

    private static String word(Outcome outcome) {
        if (outcome instanceof Outcome.Failed) {
            return "**failed**";
        }
        return outcome instanceof Outcome.Skipped ? "skipped" : warns(outcome) ? "warnings" : "good";
    }

    private static String detail(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.failure().sentence();
        }
        if (outcome instanceof Outcome.Skipped skipped) {
            return skipped.reason();
        }
        StepOutput output = outcome.handedOver().orElse(null);
        if (output instanceof StepOutput.TestsReported tests) {
            return count(tests.report().cases(), "test case") + " passed";
        }
        return output instanceof StepOutput.ArtifactBuilt built
                ? built.car().name() + " " + built.car().version() + ", "
                        + built.car().builder() + " build"
                : "";
    }

    /** A finding where its line is shown beside it. */
    static String atLine(Problem problem) {
        return "**" + problem.severity().name().toLowerCase(Locale.ROOT) + "** " + MarkdownText.line(problem.what())
                + " " + MarkdownText.line("[" + problem.rule() + "]")
                + (problem.fix().isEmpty() ? "" : "\n\n" + MarkdownText.line(problem.fix()));
    }

    static List<Problem> problems(Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed.problems();
        }
        return outcome instanceof Outcome.Succeeded done ? done.warnings() : List.of();
    }

    private static void list(String title, List<Problem> problems, StringBuilder text) {
        if (problems.isEmpty()) {
            return;
        }
        text.append("\n**").append(MarkdownText.line(title)).append("**\n\n");
        problems.stream().limit(MOST_PROBLEMS).forEach(problem -> text.append("- ")
                .append(MarkdownText.line(problem.sentence()))
                .append('\n'));
        if (problems.size() > MOST_PROBLEMS) {
            text.append("- and ").append(problems.size() - MOST_PROBLEMS).append(" more\n");
        }
    }

    private static String count(int number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
