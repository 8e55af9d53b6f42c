package io.imaas.step.chart;

import io.imaas.model.rollout.GitOpsPaths;
import io.imaas.model.source.CommitId;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.port.GitRepository;
import java.util.List;
import java.util.stream.Stream;

/** What no orchestrator writes on a manifests' branch, and who applies it takes along all the same. */
public final class ForeignFiles {
    private ForeignFiles() {}

    /** Files in a service's folder beside its manifests, and those that Git obeys when it checks the branch out. */
    public static List<String> of(GitRepository repository, CommitId rendered, ServiceName service) {
        return Stream.concat(
                        repository.list(rendered, GitOpsPaths.renderedFolder(service)).stream()
                                .filter(path -> !path.equals(GitOpsPaths.manifests(service))),
                        repository.entries(rendered, "").keySet().stream().filter(path -> path.startsWith(".git")))
                .toList();
    }
}
