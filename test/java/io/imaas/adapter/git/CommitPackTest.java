package io.imaas.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.port.GitRepository;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.eclipse.jgit.internal.storage.dfs.DfsRepositoryDescription;
import org.eclipse.jgit.internal.storage.dfs.InMemoryRepository;
import org.eclipse.jgit.lib.NullProgressMonitor;
import org.eclipse.jgit.lib.ObjectInserter;
import org.eclipse.jgit.lib.ObjectReader;
import org.eclipse.jgit.transport.PackParser;
import org.eclipse.jgit.transport.PackedObjectInfo;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commits taken out of packs that Git itself made, commits stored as differences among them. */
class CommitPackTest {
    @TempDir
    private Path temp;

    private GitFixture server;

    @BeforeEach
    void aRepositoryWhoseCommitsAreMuchAlike() throws IOException {
        server = GitFixture.bare(temp.resolve("server.git"));
        grow(0, 200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--delta-base-offset", ""})
    void allCommitsAndNothingElseAreTakenOut(String option) throws IOException {
        Path pack = pack("dev", option);

        assertThat(GitFixture.run(
                                temp, "sh", "-c", "git index-pack '" + pack + "' && git verify-pack -v '" + pack + "'")
                        .lines()
                        .filter(line -> line.contains(" commit ") && line.split(" +").length == 7))
                .as("commits that are differences")
                .isNotEmpty();
        assertThat(commits(Files.newInputStream(pack)))
                .isEqualTo(new TreeSet<>(server.git("rev-list", "dev").lines().toList()));
    }

    @Test
    void aDamagedOrTornPackIsRefused() throws IOException {
        byte[] whole = Files.readAllBytes(pack("dev", "--delta-base-offset"));
        Random random = new Random(1);
        for (int i = 0; i < 60; i++) {
            byte[] damaged = whole.clone();
            int at = random.nextInt(damaged.length);
            if (i % 2 == 0) {
                damaged[at] ^= (byte) (1 + random.nextInt(255));
            } else {
                damaged = java.util.Arrays.copyOf(damaged, at);
            }
            InputStream bad = new ByteArrayInputStream(damaged);
            assertThatThrownBy(() -> commits(bad)).isInstanceOfAny(IOException.class, RuntimeException.class);
        }
    }

    @Test
    void aServerThatCannotLeaveFilesOutIsFollowedCommitByCommit() throws IOException {
        try (GitRepositories repositories = GitFixture.open(temp.resolve("cache"))) {
            GitRepository repository = repositories.at(server.url());
            for (int begin = 200; begin < 500; begin += 100) {
                assertThat(repository.history(GitFixture.DEV, "", 1000))
                        .extracting(commit -> commit.id().value())
                        .isEqualTo(server.git("rev-list", "dev").lines().toList());
                grow(begin, begin + 100);
            }
            assertThat(repository.land(GitFixture.put("file", "never", "key7")).created())
                    .isFalse();
        }
    }

    private Path pack(String revision, String option) throws IOException {
        Path pack = temp.resolve("some.pack");
        GitFixture.run(
                server.folder(),
                "sh",
                "-c",
                "echo " + revision
                        + " | git pack-objects -q --revs --stdout --window=50 --no-use-bitmap-index --no-reuse-delta "
                        + option + " > '" + pack + "'");
        return pack;
    }

    private static Set<String> commits(InputStream pack) throws IOException {
        try (InMemoryRepository repository = new InMemoryRepository(new DfsRepositoryDescription("here"));
                ObjectInserter inserter = repository.newObjectInserter();
                ObjectReader reader = repository.newObjectReader()) {
            PackParser parser = inserter.newPackParser(CommitPack.of(pack, reader));
            parser.parse(NullProgressMonitor.INSTANCE);
            Set<String> ids = new TreeSet<>();
            for (PackedObjectInfo object : parser.getSortedObjectList(null)) {
                ids.add(object.name());
            }
            return ids;
        }
    }

    private void grow(int from, int to) throws IOException {
        Path stream = temp.resolve("stream");
        Random random = new Random(1);
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            words.append(Integer.toString(random.nextInt(1_000_000), 36)).append(i % 8 == 7 ? '\n' : ' ');
        }
        try (BufferedWriter out = Files.newBufferedWriter(stream)) {
            for (int i = from; i < to; i++) {
                String message = "change " + i + "\n\n" + words + "\n\nImaas-Key: key" + i + "\n";
                out.write("commit refs/heads/dev\ncommitter Pat <pat@example.org> " + (1_700_000_000L + i)
                        + " +0000\ndata " + message.length() + "\n" + message + "\n");
                if (i == from && from > 0) {
                    out.write("from refs/heads/dev^0\n");
                }
                out.write("M 100644 inline file\ndata 5\n" + (10_000 + i) + "\n");
            }
            out.write("done\n");
        }
        GitFixture.run(server.folder(), "sh", "-c", "git fast-import --quiet --done < '" + stream + "' && git gc -q");
    }
}
