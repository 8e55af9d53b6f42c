package io.imaas.port;

import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Edits that go onto a branch as one commit, all or nothing.
 *
 * @param subject the commit's first line
 * @param body further lines, may be empty
 * @param trailers {@code Imaas-*} lines in order; Git is the audit log
 * @param key idempotency key, kept as the trailer {@code Imaas-Key}: a change whose key is on the branch has landed;
 *     empty for a change that is recognised by its content alone
 * @param mergedFrom second parent, when the change promotes a whole branch; null otherwise
 * @param precedence which of two changes of one field wins: the higher; equal: the later
 */
public record Change(
        BranchName branch,
        List<FileEdit> edits,
        String subject,
        String body,
        Map<String, String> trailers,
        String key,
        CommitId mergedFrom,
        long precedence) {
    public Change {
        edits = List.copyOf(edits);
        trailers = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(trailers));
    }
}
