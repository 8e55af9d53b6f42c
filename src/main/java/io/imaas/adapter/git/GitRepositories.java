package io.imaas.adapter.git;

import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.GitRepository;
import java.util.HashMap;
import java.util.Map;

/**
 * The GitOps repositories of this process: one object, and so one writer, for each URL. Close it when the process is
 * done with Git.
 */
public final class GitRepositories implements AutoCloseable {
    private final GitSettings settings;
    private final Map<RepositoryUrl, JGitRepository> open = new HashMap<>();

    public GitRepositories(GitSettings settings) {
        this.settings = settings;
    }

    /** The repository at a URL: a folder's path, or {@code file://}, {@code https://}, {@code ssh://}, {@code a@b:c}. */
    public synchronized GitRepository at(RepositoryUrl url) {
        return open.computeIfAbsent(url, missing -> new JGitRepository(missing, settings));
    }

    @Override
    public synchronized void close() {
        open.values().forEach(JGitRepository::close);
        open.clear();
    }
}
