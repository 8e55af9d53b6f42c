package io.imaas.adapter.git;

import static io.imaas.adapter.git.GitFixture.DEV;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.CommitId;
import io.imaas.port.GitRepository;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a repository may cost whoever reads it. */
class BoundsTest {
    @TempDir
    private Path temp;

    private final GitFixture.HastyClock clock = new GitFixture.HastyClock();
    private GitFixture server;
    private GitRepositories repositories;
    private GitRepository repository;
    private Path work;

    @BeforeEach
    void open() {
        server = GitFixture.bare(temp.resolve("server.git"));
        server.commit("dev", "good/f", "fine");
        work = temp.resolve("server.git-work");
        repositories = new GitRepositories(GitFixture.settings(temp.resolve("cache"), clock));
        repository = repositories.at(server.url());
    }

    @AfterEach
    void close() {
        repositories.close();
    }

    @Test
    void aFileThatIsTooLargeIsToldByItsSizeAndItsNeighboursAreRead() throws Exception {
        large("bad/f", 5L << 20);

        CommitId head = repository.head(DEV).orElseThrow();
        assertThat(repository.readText(head, List.of("")).find("good/f")).contains("fine");
        isInput(() -> repository.readText(head, List.of("bad")).find("bad/f"));
        isInput(() -> repository.read(head, "bad/f"));
        isInput(() -> repository.land(GitFixture.edit("bad/f", old -> "x", "k")));
        assertThat(repository.land(GitFixture.put("good/f", "x", "k2")).created())
                .isTrue();
    }

    @Test
    void anObjectThatWouldFillTheMemoryIsNotTakenInAndNotWaitedFor() throws Exception {
        large("bad/f", 160L << 20);

        isInput(() -> repository.head(DEV));
        assertThat(clock.paused()).isZero();
    }

    @Test
    void moreBranchesThanTheMemoryHoldsAreNotRead() throws Exception {
        server.crowd();
        isInput(() -> repository.head(DEV));
    }

    @Test
    void aTreeThatIsTooDeepOrTooWideIsRefused() throws Exception {
        CommitId fine = repository.head(DEV).orElseThrow();
        server.commit("dev", "a/".repeat(40) + "f", "deep");
        CommitId deep = repository.head(DEV).orElseThrow();
        isInput(() -> repository.list(deep, ""));
        isInput(() -> repository.readText(deep, List.of("")));
        isInput(() -> repository.changed(fine, deep));
        assertThat(repository.readText(deep, List.of("good")).find("good/f")).contains("fine");

        GitFixture.run(work, "git", "rm", "-rqf", "a");
        Files.createDirectories(work.resolve("wide"));
        for (int i = 0; i < 20_001; i++) {
            Files.createFile(work.resolve("wide/" + i));
        }
        push();
        isInput(() -> repository.list(repository.head(DEV).orElseThrow(), ""));
    }

    private void large(String path, long size) throws Exception {
        Files.createDirectories(work.resolve(path).getParent());
        try (RandomAccessFile file = new RandomAccessFile(work.resolve(path).toFile(), "rw")) {
            file.setLength(size);
        }
        push();
    }

    private void push() {
        GitFixture.run(work, "git", "config", "core.bigFileThreshold", "1m");
        GitFixture.run(work, "git", "add", "-A");
        GitFixture.run(work, "git", "commit", "-q", "-m", "too much");
        GitFixture.run(work, "git", "push", "-q", "origin", "dev");
    }

    private static void isInput(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(FailureException.class, problem -> assertThat(
                        problem.failure().kind())
                .as(problem.getMessage())
                .isEqualTo(FailureKind.INPUT));
    }
}
