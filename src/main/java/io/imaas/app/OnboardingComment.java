package io.imaas.app;

import io.imaas.model.failure.Effect;
import io.imaas.model.failure.Problem;
import io.imaas.model.tenancy.Catalog;
import io.imaas.plan.MarkdownText;
import io.imaas.plan.onboarding.Departure;
import io.imaas.plan.onboarding.OnboardingPlanner;
import io.imaas.report.ChangeText;
import java.time.LocalDate;
import java.util.List;

/** What the pull request on the platform's metadata is told: first of all, what it would delete. */
record OnboardingComment(Catalog catalog, LocalDate today) {
    private static final int FEW = 15;

    /** Of files that are no good. */
    static String of(List<Problem> problems) {
        return head(problems) + "\nNothing is planned until they are fixed.\n";
    }

    String of(List<IntendedPlan> plans, List<Proposal.Change> changes, List<Problem> problems) {
        StringBuilder text = new StringBuilder(head(problems));
        if (!problems.isEmpty()) {
            text.append('\n');
        }
        if (plans.isEmpty()) {
            return text.append("No tenant changes.\n").toString();
        }
        text.append("**")
                .append(ChangeText.plan(changes.stream()
                        .flatMap(change -> change.effects().stream())
                        .toList()))
                .append("**\n\n");
        plans.forEach(plan -> deletions(plan, text));
        changes.forEach(change -> changes(change, text));
        return text.toString();
    }

    /** Open where it is little to read. */
    private static void changes(Proposal.Change change, StringBuilder text) {
        long lines = change.effects().stream().filter(Effect::isChange).count();
        String summary = change.title() + ": " + ChangeText.totals(change.effects(), true);
        text.append((lines > FEW ? "<details>" : "<details open>") + "<summary>" + summary + "</summary>\n\n")
                .append(ChangeText.markdown(change.effects()) + "\n</details>\n");
    }

    private static String head(List<Problem> problems) {
        StringBuilder text = new StringBuilder("### Onboarding\n\n");
        if (!problems.isEmpty()) {
            long errors = problems.stream().filter(Problem::isError).count();
            text.append("**" + errors + " errors, " + (problems.size() - errors) + " warnings**\n\n");
            problems.forEach(problem -> text.append("- " + MarkdownText.line(problem.sentence()) + "\n"));
        }
        return text.toString();
    }

    private void deletions(IntendedPlan plan, StringBuilder text) {
        if (!plan.plan().deletions().isEmpty()) {
            caution(
                    text,
                    "DELETES as soon as it is merged (" + plan.plan().title() + "), without another question:",
                    plan.plan().deletions());
        }
        for (Departure departure : new OnboardingPlanner(catalog, today).departures(plan.tenant())) {
            caution(
                    text,
                    departure.sentence() + ". DELETES from that day on, unless the tombstone is taken away before:",
                    departure.deletions());
        }
    }

    /** GitHub shows it as a red box; elsewhere it is a quotation. */
    private static void caution(StringBuilder text, String sentence, List<String> things) {
        text.append("> [!CAUTION]\n> **").append(MarkdownText.line(sentence)).append("**\n");
        things.forEach(
                thing -> text.append("> - ").append(MarkdownText.line(thing)).append('\n'));
        text.append('\n');
    }
}
