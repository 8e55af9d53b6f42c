package io.imaas.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.source.BranchName;
import io.imaas.port.Commit;
import io.imaas.port.GitRepository;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** History of files and folders, held to what Git's own log says of random histories with merges. */
class ChangedPathsTest {
    private static final List<String> PATHS =
            List.of("a/one", "a/two", "a/deep/er", "b", "bb", "ümläut/é", "a", "a/deep", "ümläut", "never");

    @TempDir
    private Path temp;

    private GitFixture server;
    private Random random;

    @BeforeEach
    void bareRepository() {
        server = GitFixture.bare(temp.resolve("server.git"));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theHistoryOfAPathIsWhatGitSays(long seed) throws IOException {
        grow(seed, 120);

        try (GitRepositories repositories = GitFixture.open(temp.resolve("cache"))) {
            holdToGit(repositories.at(server.url()));
        }
    }

    @Test
    void whatIsNewIsAddedToWhatWasKept() throws IOException {
        for (long seed = 1; seed <= 4; seed++) {
            grow(seed, 30);
            try (GitRepositories repositories = GitFixture.open(temp.resolve("cache"))) {
                holdToGit(repositories.at(server.url()));
            }
        }
    }

    @Test
    void aRewrittenBranchIsToldAsItIsNow() throws IOException {
        grow(1, 40);
        try (GitRepositories repositories = GitFixture.open(temp.resolve("cache"))) {
            GitRepository repository = repositories.at(server.url());
            holdToGit(repository);
            server.git("branch", "-f", "dev", "dev~15");
            holdToGit(repository);
            server.git("update-ref", "-d", "refs/heads/dev");
            assertThat(repository.history(GitFixture.DEV, "b", 10)).isEmpty();
            grow(2, 25);
            holdToGit(repository);
        }
    }

    @Test
    void whateverHappenedToTheKeptFileTheAnswerIsRight() throws IOException {
        grow(7, 40);
        try (GitRepositories repositories = GitFixture.open(temp.resolve("cache"))) {
            holdToGit(repositories.at(server.url()));
        }
        Path kept = kept();
        byte[] whole = Files.readAllBytes(kept);
        for (int i = 0; i < 6; i++) {
            byte[] damaged = whole.clone();
            if (i % 2 == 0) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 + random.nextInt(255));
            } else {
                damaged = java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length));
            }
            Files.write(kept, damaged);
            grow(100 + i, 3);
            try (GitRepositories repositories = GitFixture.open(temp.resolve("cache"))) {
                holdToGit(repositories.at(server.url()));
            }
        }
    }

    private Path kept() throws IOException {
        try (Stream<Path> files = Files.walk(temp.resolve("cache"))) {
            return files.filter(file -> file.endsWith("changed-paths"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private void holdToGit(GitRepository repository) {
        for (BranchName branch : List.of(GitFixture.DEV, new BranchName("test"))) {
            Map<String, Commit> last = repository.lastChanges(branch, Set.copyOf(PATHS.subList(0, 6)));
            for (String path : PATHS) {
                List<String> expected = server.git(
                                "log", "--first-parent", "--full-history", "--format=%H", branch.value(), "--", path)
                        .lines()
                        .toList();
                assertThat(repository.history(branch, path, 1000))
                        .as("%s of %s", path, branch)
                        .extracting(commit -> commit.id().value())
                        .isEqualTo(expected);
                if (PATHS.indexOf(path) < 6) {
                    assertThat(
                                    last.get(path) == null
                                            ? List.of()
                                            : List.of(last.get(path).id().value()))
                            .isEqualTo(expected.subList(0, Math.min(1, expected.size())));
                }
            }
        }
    }

    /** Commits on dev and test, merges of each into the other, files that come, change and go. */
    private void grow(long seed, int commits) throws IOException {
        random = new Random(seed);
        Path stream = temp.resolve("stream");
        List<String> branches = List.of("dev", "test");
        Set<String> touched = new HashSet<>();
        Set<String> there = new HashSet<>(
                server.git("for-each-ref", "--format=%(refname:short)").lines().toList());
        try (BufferedWriter out = Files.newBufferedWriter(stream)) {
            for (int i = 0; i < commits; i++) {
                String branch = branches.get(random.nextInt(2));
                String other = branch.equals("dev") ? "test" : "dev";
                String message = "change " + seed + "." + i;
                out.write("commit refs/heads/" + branch + "\ncommitter Pat <pat@example.org> "
                        + (1_700_000_000L + i - random.nextInt(3)) + " +0000\ndata " + message.length() + "\n" + message
                        + "\n");
                // Within a stream a branch goes on by itself; what an earlier stream wrote is named with a suffix.
                if (there.contains(branch) && !touched.contains(branch)) {
                    out.write("from refs/heads/" + branch + "^0\n");
                }
                if (there.contains(branch) && there.contains(other) && random.nextInt(4) == 0) {
                    out.write("merge refs/heads/" + other + (touched.contains(other) ? "" : "^0") + "\n");
                }
                there.add(branch);
                touched.add(branch);
                for (int edit = random.nextInt(3); edit >= 0; edit--) {
                    String path = PATHS.get(random.nextInt(6));
                    out.write(
                            random.nextInt(5) == 0
                                    ? "D " + path + "\n"
                                    : "M 100644 inline " + path + "\ndata 2\n" + random.nextInt(4) + "\n\n");
                }
            }
            out.write("done\n");
        }
        GitFixture.run(server.folder(), "sh", "-c", "git fast-import --quiet --force --done < '" + stream + "'");
    }
}
