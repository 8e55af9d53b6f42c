package io.imaas.adapter.git;

import static io.imaas.adapter.git.GitFixture.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.port.GitRepository;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a small file system of its own; skipped where none may be mounted. */
class FullDiskTest {
    @TempDir
    private Path temp;

    private Path disk;
    private boolean mounted;

    @BeforeEach
    void mount() throws IOException, InterruptedException {
        disk = Files.createDirectory(temp.resolve("disk"));
        mounted = new ProcessBuilder("mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", disk.toString())
                        .start()
                        .waitFor()
                == 0;
        assumeThat(mounted).as("needs the right to mount a file system").isTrue();
    }

    @AfterEach
    void unmount() {
        if (mounted) {
            GitFixture.run(temp, "umount", disk.toString());
        }
    }

    @Test
    void aFullDiskHereIsExternalAndLeavesNothingHalfDone() throws IOException {
        GitFixture server = GitFixture.bare(temp.resolve("server.git"));
        server.commit("dev", "README", "hello");
        try (GitRepositories repositories =
                new GitRepositories(GitFixture.settings(disk, new GitFixture.HastyClock()))) {
            GitRepository repository = repositories.at(server.url());
            repository.land(put("f", "1", "k1"));
            fill();
            // Large enough not to fit even when the clone was thrown away to make room.
            String large = new Random(1)
                    .ints(1_500_000, 'a', 'z')
                    .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                    .toString();
            assertKind(() -> repository.land(put("f", large, "k2")));
            assertThat(server.subjects("dev")).hasSize(2);
            Files.delete(disk.resolve("filler"));
            assertThat(repository.land(put("f", "2", "k2")).created()).isTrue();
            assertThat(repository.land(put("f", "1", "k1")).created()).isFalse();
        }
    }

    @Test
    void aFullDiskOnTheServerIsExternalAndLeavesNothingHalfDone() throws IOException {
        GitFixture server = GitFixture.bare(disk.resolve("server.git"));
        try (GitRepositories repositories =
                new GitRepositories(GitFixture.settings(temp.resolve("cache"), new GitFixture.HastyClock()))) {
            GitRepository repository = repositories.at(server.url());
            repository.land(put("f", "1", "k1"));
            fill();
            assertKind(() -> repository.land(put("f", "2".repeat(20_000), "k2")));
            Files.delete(disk.resolve("filler"));
            assertThat(repository.land(put("f", "2", "k2")).created()).isTrue();
        }
        server.git("fsck", "--strict", "--no-dangling");
    }

    private void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(disk.resolve("filler"))) {
            byte[] block = new byte[512];
            while (true) {
                out.write(block);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("space");
        }
    }

    private static void assertKind(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(FailureException.class, problem -> assertThat(
                        problem.failure().kind())
                .isEqualTo(FailureKind.EXTERNAL));
    }
}
