package io.imaas.adapter.forge.github;

import io.imaas.adapter.forge.pull.DiffLines;
import io.imaas.adapter.forge.pull.LineNotes;
import io.imaas.adapter.web.Answers;
import io.imaas.model.failure.Location;
import io.imaas.model.source.CommitId;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * GitHub's review comments, each by itself: those of a review can't be taken away with it.
 *
 * @param files lines of the change, the only ones that GitHub takes comments at
 */
record GitHubLineNotes(
        HubApi api, GitHubApi own, Answers answers, int number, CommitId head, Map<String, Set<Integer>> files)
        implements LineNotes {
    static GitHubLineNotes of(HubApi api, GitHubApi own, Answers answers, int number, CommitId head) {
        return new GitHubLineNotes(
                api, own, answers, number, head, HubPulls.files(api, answers, number, file -> DiffLines.of(
                                Objects.requireNonNullElse(file.patch(), ""))
                        .keySet()));
    }

    @Override
    public boolean takes(Location where) {
        return files.getOrDefault(where.file(), Set.of()).contains(where.line());
    }

    /** Where a later commit rewrote the line, GitHub shows the comment at no line. */
    @Override
    public List<LineNote> known(String hidden) {
        return HubPulls.all(HubApi.PAGE, page -> answers.send(own.lineComments(number, page))).stream()
                .filter(comment -> comment.body().startsWith(hidden))
                .map(comment -> new LineNote(
                        Long.toString(comment.id()),
                        comment.path(),
                        Objects.requireNonNullElse(comment.line(), 0),
                        null,
                        comment.body()))
                .toList();
    }

    @Override
    public void replace(String hidden, NotesChange change) {
        change.gone().forEach(note -> answers.find(api.delete("pulls/comments/" + note.id())));
        change.fresh()
                .forEach(note -> answers.send(own.lineComment(
                        number,
                        Map.of(
                                "body",
                                note.text(),
                                "commit_id",
                                head.value(),
                                "path",
                                note.file(),
                                "line",
                                note.line(),
                                "side",
                                "RIGHT"))));
    }
}
