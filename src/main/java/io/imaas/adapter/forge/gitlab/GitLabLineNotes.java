package io.imaas.adapter.forge.gitlab;

import io.imaas.adapter.forge.gitlab.GitLabApi.Difference;
import io.imaas.adapter.forge.gitlab.GitLabApi.Version;
import io.imaas.adapter.forge.pull.DiffLines;
import io.imaas.adapter.forge.pull.LineNotes;
import io.imaas.adapter.web.Answers;
import io.imaas.model.failure.Location;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Threads at lines of GitLab's merge requests.
 *
 * @param held what the request holds
 * @param files by their paths now
 */
record GitLabLineNotes(GitLabApi api, Answers answers, int number, Version held, Map<String, File> files)
        implements LineNotes {
    /**
     * A changed file.
     *
     * @param before its path before
     * @param lines those of the change, each with its number before; 0: it is new
     */
    record File(String before, Map<Integer, Integer> lines) {}

    static GitLabLineNotes of(GitLabApi api, Answers answers, int number, List<Difference> changes) {
        Map<String, File> files = new LinkedHashMap<>();
        changes.forEach(change -> files.put(
                change.new_path(),
                new File(change.old_path(), DiffLines.of(Objects.requireNonNullElse(change.diff(), "")))));
        return new GitLabLineNotes(
                api, answers, number, answers.send(api.versions(number)).get(0), files);
    }

    @Override
    public boolean takes(Location where) {
        return files.containsKey(where.file())
                && files.get(where.file()).lines().containsKey(where.line());
    }

    @Override
    public List<LineNote> known(String hidden) {
        return GitLabPulls.all(GitLabPulls.PAGE, page -> answers.send(api.notes(number, page))).stream()
                .filter(note -> note.position() != null && note.body().startsWith(hidden))
                .map(note -> new LineNote(
                        Long.toString(note.id()),
                        Objects.requireNonNullElse(note.position().new_path(), ""),
                        Objects.requireNonNullElse(note.position().new_line(), 0),
                        null,
                        note.body()))
                .toList();
    }

    @Override
    public void replace(String hidden, NotesChange change) {
        change.gone().forEach(note -> answers.find(api.delete("merge_requests/" + number + "/notes/" + note.id())));
        change.fresh()
                .forEach(note ->
                        answers.send(api.startThread(number, Map.of("body", note.text(), "position", position(note)))));
    }

    /** A line that was there before has two numbers, and GitLab wants both. */
    private Map<String, Object> position(LineNote note) {
        File file = files.get(note.file());
        int before = file.lines().get(note.line());
        Map<String, Object> position = new LinkedHashMap<>();
        position.put("position_type", "text");
        position.put("base_sha", held.base_commit_sha());
        position.put("start_sha", held.start_commit_sha());
        position.put("head_sha", held.head_commit_sha());
        position.put("old_path", file.before());
        position.put("new_path", note.file());
        position.put("new_line", note.line());
        if (before > 0) {
            position.put("old_line", before);
        }
        return position;
    }
}
