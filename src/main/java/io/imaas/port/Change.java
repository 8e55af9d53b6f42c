package io.imaas.port;

import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Edits that go onto a branch as one commit, all or nothing.
 *
 * @param subject the commit's first line
 * @param trailers {@code Imaas-*} lines in order; Git is the audit log
 * @param key idempotency key, kept as the trailer {@code Imaas-Key}: a change whose key is on the branch has landed;
 *     empty for a change that is recognised by its content alone
 * @param from the commit whose files the edits carry over, or null. Their modes come along. The commit becomes the second
 *     parent when the new tree holds all that it changed since the two branches parted; otherwise the commit is a plain
 *     one, because a merge says that nothing was left behind
 * @param expected what must still be so when the change lands
 * @param firstAs name of a trailer that gets the id of the first commit of the changes that land together; empty: none
 */
public record Change(
        BranchName branch,
        List<FileEdit> edits,
        String subject,
        Map<String, String> trailers,
        String key,
        CommitId from,
        List<Precondition> expected,
        String firstAs,
        Seal seal) {
    public Change {
        edits = List.copyOf(edits);
        trailers = Collections.unmodifiableMap(new LinkedHashMap<>(trailers));
        expected = List.copyOf(expected);
    }

    /** A change that is recognised by its content alone. */
    public static Change of(BranchName branch, String subject, List<? extends FileEdit> edits) {
        return new Change(branch, List.copyOf(edits), subject, Map.of(), "", null, List.of(), "", null);
    }

    public Change with(List<? extends FileEdit> others) {
        return new Change(branch, List.copyOf(others), subject, trailers, key, from, expected, firstAs, seal);
    }

    public Change withTrailers(Map<String, String> others) {
        return new Change(branch, edits, subject, others, key, from, expected, firstAs, seal);
    }

    public Change withKey(String idempotencyKey) {
        return new Change(branch, edits, subject, trailers, idempotencyKey, from, expected, firstAs, seal);
    }

    /** The same with files that come from a commit; null: from none. */
    public Change carrying(CommitId source) {
        return new Change(branch, edits, subject, trailers, key, source, expected, firstAs, seal);
    }

    /** The same with what must still be so when it lands. */
    public Change expecting(List<? extends Precondition> preconditions) {
        return new Change(branch, edits, subject, trailers, key, from, List.copyOf(preconditions), firstAs, seal);
    }

    /** The same with a trailer that names the first of the commits that land together. */
    public Change namingFirst(String trailer) {
        return new Change(branch, edits, subject, trailers, key, from, expected, trailer, seal);
    }

    /** The same on a branch of which sealed commits alone count. */
    public Change sealed(Seal by) {
        return new Change(branch, edits, subject, trailers, key, from, expected, firstAs, by);
    }
}
