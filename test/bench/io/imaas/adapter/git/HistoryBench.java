package io.imaas.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.port.Commit;
import io.imaas.port.GitRepository;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The history of files in a large repository, against Git's own log with its changed-path filters and without. */
@Tag("bench")
class HistoryBench {
    private static final int COMMITS = Integer.getInteger("imaas.bench.commits", 20_000);

    private static final int TENANTS = 2_000;
    private static final String PATH = "tenants/t0007/dev.yaml";

    @TempDir
    private Path temp;

    @Test
    void historyOfFiles() throws Exception {
        GitFixture server = BigRepository.create(temp.resolve("server.git"), TENANTS, COMMITS);
        Set<String> all = IntStream.range(0, TENANTS)
                .mapToObj("tenants/t%04d/dev.yaml"::formatted)
                .collect(Collectors.toSet());
        double first;
        double warm;
        List<Commit> ours;
        try (GitRepositories repositories = GitFixture.open(temp.resolve("cache"))) {
            GitRepository repository = repositories.at(server.url());
            first = seconds(() -> repository.history(GitFixture.DEV, PATH, 1000));
            warm = seconds(() -> repository.history(GitFixture.DEV, PATH, 1000));
            ours = repository.history(GitFixture.DEV, PATH, 1000);
            System.out.printf(
                    "last changes of %d files, warm: %.3f s%n",
                    TENANTS, seconds(() -> repository.lastChanges(GitFixture.DEV, all)));
            System.out.printf("all commits: %.2f s%n", seconds(() -> repository.history(GitFixture.DEV, "", 50_000)));
        }
        double reopened = seconds(() -> {
            try (GitRepositories repositories = GitFixture.open(temp.resolve("cache"))) {
                return repositories.at(server.url()).history(GitFixture.DEV, PATH, 1000);
            }
        });
        double git = seconds(() -> server.git("log", "--first-parent", "--format=%H", "dev", "--", PATH));
        server.git("commit-graph", "write", "--reachable", "--changed-paths");
        double filtered = seconds(() -> server.git("log", "--first-parent", "--format=%H", "dev", "--", PATH));
        System.out.printf(
                "history of one file: first %.2f s, then %.3f s, in a new process %.3f s;"
                        + " git log %.2f s, with changed-path filters %.3f s%n",
                first, warm, reopened, git, filtered);
        assertThat(ours)
                .extracting(commit -> commit.id().value())
                .isEqualTo(server.git("log", "--first-parent", "--format=%H", "dev", "--", PATH)
                        .lines()
                        .toList());
    }

    private static double seconds(Callable<?> work) throws Exception {
        long start = System.nanoTime();
        work.call();
        return (System.nanoTime() - start) / 1e9;
    }
}
