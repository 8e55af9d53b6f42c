package io.imaas.adapter.git;

import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.GitRepository;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The GitOps repositories of this process: one object, and so one writer, for each URL. Close it when the process is
 * done with Git.
 */
public final class GitRepositories implements AutoCloseable {
    private final GitSettings settings;
    private final Map<RepositoryUrl, JGitRepository> open = new ConcurrentHashMap<>();
    private final Set<String> outages = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public GitRepositories(GitSettings settings) {
        this.settings = settings;
    }

    /**
     * The repository at a URL: a folder's path, or {@code file://}, {@code https://}, {@code ssh://}, {@code a@b:c}.
     *
     * @throws FailureException EXTERNAL once all is closed: a cache that is made then is nobody's
     */
    public GitRepository at(RepositoryUrl url) {
        JGitRepository repository =
                closed ? null : open.computeIfAbsent(url, missing -> new JGitRepository(missing, settings, outages));
        if (closed) {
            // Made while all was being closed, perhaps after the last one was.
            Optional.ofNullable(repository).ifPresent(JGitRepository::close);
            throw closed(url.value());
        }
        return repository;
    }

    @Override
    public void close() {
        closed = true;
        open.values().forEach(JGitRepository::close);
    }

    static FailureException closed(String where) {
        return new FailureException(
                new Failure(FailureKind.EXTERNAL, "the clone was closed while it was in use", where, "run it again"));
    }
}
