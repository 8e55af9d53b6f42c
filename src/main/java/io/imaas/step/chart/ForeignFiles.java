package io.imaas.step.chart;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.port.GitRepository;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What no orchestrator writes on a manifests' branch, and who applies it takes along all the same. */
public final class ForeignFiles {
    private final GitRepository repository;
    private final Optional<CommitId> rendered;
    private List<String> obeyed;

    /** @param rendered the branch's head; empty where there is none */
    public ForeignFiles(GitRepository repository, Optional<CommitId> rendered) {
        this.repository = repository;
        this.rendered = rendered;
    }

    /** Files in a service's folder beside its manifests, and those that Git obeys when it checks the branch out. */
    public List<String> of(ServiceName service) {
        return rendered.stream()
                .flatMap(commit -> Stream.concat(
                        repository.list(commit, GitOpsPaths.renderedFolder(service)).stream()
                                .filter(path -> !path.equals(GitOpsPaths.manifests(service))),
                        obeyed(commit).stream()))
                .toList();
    }

    private List<String> obeyed(CommitId commit) {
        if (obeyed == null) {
            obeyed = repository.entries(commit, "").keySet().stream()
                    .filter(path -> path.startsWith(".git"))
                    .toList();
        }
        return obeyed;
    }
}
