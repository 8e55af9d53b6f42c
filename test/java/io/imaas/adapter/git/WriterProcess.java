package io.imaas.adapter.git;

import io.imaas.adapter.dsse.DsseStatements;
import io.imaas.adapter.dsse.KeyFile;
import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.Change;
import io.imaas.port.GitRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A process of its own that lands its changes, remembers nothing, and may be killed at any moment. */
final class WriterProcess {
    private WriterProcess() {}

    /** Arguments: cache folder, URL, name, number of changes. */
    public static void main(String[] arguments) {
        Path cache = Path.of(arguments[0]);
        // All of them are one orchestrator.
        DsseStatements key = new DsseStatements(new KeyFile(cache.resolveSibling("key")));
        try (GitRepositories repositories =
                new GitRepositories(GitFixture.settings(cache).signedBy(CommitSigning.by(key)))) {
            GitRepository repository = repositories.at(new RepositoryUrl(arguments[1]));
            for (int i = 0; i < Integer.parseInt(arguments[3]); i++) {
                land(repository, arguments[2] + "c" + i);
            }
        }
    }

    static void land(GitRepository repository, String key) {
        Change change = GitFixture.change(
                List.of(GitFixture.fileEdit("log", old -> old + key + "\n")), key, Map.of("Imaas-Tenant", key));
        for (int attempt = 0; ; attempt++) {
            try {
                repository.land(change);
                return;
            } catch (FailureException problem) {
                FailureKind kind = problem.failure().kind();
                // A lock that a killed server left behind looks like a refusal, until somebody takes it away.
                if (attempt > 40 || kind == FailureKind.DEFECT || kind == FailureKind.INPUT) {
                    throw problem;
                }
            }
        }
    }
}
