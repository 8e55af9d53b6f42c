package io.imaas.adapter.forge.gitea;

import io.imaas.adapter.forge.github.HubApi;
import io.imaas.adapter.forge.github.HubPulls;
import io.imaas.adapter.forge.pull.LineNotes;
import io.imaas.adapter.web.Answers;
import io.imaas.model.failure.Location;
import io.imaas.model.source.CommitId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Gitea's review comments: one review holds them all, and is made anew when they change. */
record GiteaLineNotes(HubApi api, GiteaApi own, Answers answers, int number, CommitId head, Set<String> files)
        implements LineNotes {
    static GiteaLineNotes of(HubApi api, GiteaApi own, Answers answers, int number, CommitId head) {
        return new GiteaLineNotes(
                api,
                own,
                answers,
                number,
                head,
                HubPulls.files(api, answers, number, file -> Set.<Integer>of()).keySet());
    }

    @Override
    public boolean takes(Location where) {
        return files.contains(where.file());
    }

    /** The review is what is taken away: its id stands for its comments'. */
    @Override
    public List<LineNote> known(String hidden) {
        return HubPulls.all(HubApi.PAGE, page -> answers.send(api.reviews(number, page))).stream()
                .filter(review -> review.body() != null && review.body().startsWith(hidden))
                .flatMap(review -> answers.send(own.lineComments(number, review.id())).stream()
                        .map(comment -> new LineNote(
                                Long.toString(review.id()), comment.path(), comment.position(), null, comment.body())))
                .toList();
    }

    @Override
    public void replace(String hidden, NotesChange change) {
        change.known().stream()
                .map(LineNote::id)
                .collect(Collectors.toSet())
                .forEach(review -> answers.find(api.delete("pulls/" + number + "/reviews/" + review)));
        if (!change.wanted().isEmpty()) {
            answers.send(own.review(
                    number,
                    Map.of(
                            "event",
                            "COMMENT",
                            "body",
                            hidden,
                            "commit_id",
                            head.value(),
                            "comments",
                            change.wanted().stream()
                                    .map(note -> Map.of(
                                            "path", note.file(), "new_position", note.line(), "body", note.text()))
                                    .toList())));
        }
    }
}
