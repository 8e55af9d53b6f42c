package io.imaas.adapter.forge.bitbucket;

import io.imaas.adapter.forge.pull.LineNotes;
import io.imaas.adapter.web.Answers;
import io.imaas.model.failure.Location;
import io.imaas.model.failure.Problem;
import io.imaas.port.LineComments.Found;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Annotations of Bitbucket's Code Insights, which belong to a commit and are shown wherever its pull requests are.
 *
 * @param report address of the report that holds them
 */
record BitbucketLineNotes(BitbucketApi api, Answers answers, String report, String title) implements LineNotes {
    private static final int LONGEST = 2_000;

    @Override
    public boolean takes(Location where) {
        return true;
    }

    /** Plain text. */
    @Override
    public String text(String hidden, Found found) {
        Problem problem = found.problem();
        String text =
                problem.what() + " [" + problem.rule() + "]" + (problem.fix().isEmpty() ? "" : "\n" + problem.fix());
        return text.length() > LONGEST ? text.substring(0, LONGEST - 1) + "…" : text;
    }

    @Override
    public List<LineNote> known(String hidden) {
        return answers.find(api.annotations(report + "/annotations")).stream()
                .flatMap(all -> all.annotations().stream())
                .map(each -> new LineNote(
                        "", Objects.requireNonNullElse(each.path(), ""), each.line(), null, each.message()))
                .toList();
    }

    @Override
    public void replace(String hidden, NotesChange change) {
        boolean failed = change.wanted().stream().anyMatch(note -> note.severity() == Problem.Severity.ERROR);
        answers.find(api.report(report, Map.of("title", title, "result", failed ? "FAIL" : "PASS")));
        answers.find(api.delete(report + "/annotations"));
        if (!change.wanted().isEmpty()) {
            answers.find(api.annotate(
                    report + "/annotations",
                    Map.of(
                            "annotations",
                            change.wanted().stream()
                                    .map(note -> Map.of(
                                            "path", note.file(),
                                            "line", note.line(),
                                            "message", note.text(),
                                            "severity", severity(note)))
                                    .toList())));
        }
    }

    private static String severity(LineNote note) {
        return switch (note.severity()) {
            case ERROR -> "HIGH";
            case WARNING -> "MEDIUM";
            case INFO -> "LOW";
        };
    }
}
