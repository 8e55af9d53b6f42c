package io.imaas.step.observe;

import io.imaas.model.source.BranchName;
import io.imaas.port.Commit;
import io.imaas.port.GitHistory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Commits of a branch that changed a path, newest first. */
@FunctionalInterface
public interface BranchLog {
    List<Commit> of(BranchName branch, String path, int limit);

    /** For whoever asks about many paths: the server is asked once a branch, when it is first asked about. */
    static BranchLog of(GitHistory repository, Set<String> paths, int most) {
        Map<BranchName, Map<String, List<Commit>>> known = new HashMap<>();
        return (branch, path, limit) ->
                known
                        .computeIfAbsent(branch, name -> repository.histories(name, paths, most))
                        .getOrDefault(path, List.of())
                        .stream()
                        .limit(limit)
                        .toList();
    }
}
