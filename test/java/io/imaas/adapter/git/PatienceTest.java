package io.imaas.adapter.git;

import static io.imaas.adapter.git.GitFixture.DEV;
import static io.imaas.adapter.git.GitFixture.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.git.GitHttpServer.Fault;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.CommitId;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.Change;
import io.imaas.port.GitRepository;
import io.imaas.port.GitRepository.Landed;
import io.imaas.testing.Await;
import io.imaas.testing.Git;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trouble of a moment costs time and not the change; trouble that lasts is called by its name. */
@Execution(ExecutionMode.CONCURRENT)
class PatienceTest {
    @TempDir
    private Path temp;

    private final GitFixture.HastyClock clock = new GitFixture.HastyClock();
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private GitFixture server;
    private GitHttpServer http;
    private GitRepositories repositories;
    private GitRepository repository;

    @BeforeEach
    void open() throws Exception {
        server = GitFixture.bare(temp.resolve("server.git"));
        server.git("config", "http.receivepack", "true");
        server.commit("dev", "README", "hello");
        http = new GitHttpServer(temp);
        repositories = new GitRepositories(GitFixture.settings(temp.resolve("cache"), clock));
        repository = repositories.at(http.url("server.git"));
    }

    @AfterEach
    void close() {
        callers.shutdownNow();
        repositories.close();
        http.close();
    }

    @Test
    void aCommitThatTheServerDoesNotHaveIsNoOutageAndHoldsNobodyUp() throws Exception {
        Git.in(server.folder()).hook("post-receive", "sleep 0.2");
        repository.land(put("f", "1", "k"));
        List<CompletableFuture<Landed>> landings = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Change change = put("f" + i, "x", "k" + i);
            Change sent = i == 4 ? change.carrying(new CommitId("1".repeat(40))) : change;
            landings.add(CompletableFuture.supplyAsync(() -> repository.land(sent), callers));
        }
        List<FailureException> failures = new ArrayList<>();
        for (CompletableFuture<Landed> landing : landings) {
            try {
                landing.get();
            } catch (ExecutionException e) {
                failures.add((FailureException) e.getCause());
            }
        }
        assertThat(failures).singleElement().satisfies(failure -> {
            assertThat(failure.failure().kind()).isEqualTo(FailureKind.CONFLICT);
            assertThat(failure).hasMessageContaining("does not have the commit 1111111111");
        });
        assertThat(server.subjects("dev")).hasSize(10);
        assertThat(clock.paused()).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void aReferenceThatIsLockedForAMomentIsWaitedFor() throws Exception {
        repository.land(put("f", "1", "k1"));
        Path lock = Files.createFile(server.folder().resolve("refs/heads/dev.lock"));
        Thread later = new Thread(() -> {
            Await.until(() -> clock.paused().compareTo(Duration.ofSeconds(4)) >= 0);
            lock.toFile().delete();
        });
        later.start();

        assertThat(repository.land(put("f", "2", "k2")).created()).isTrue();
        later.join();
    }

    @Test
    void aReferenceThatStaysLockedIsTheServersTroubleAndNobodysPolicy() throws Exception {
        repository.land(put("f", "1", "k1"));
        Files.createFile(server.folder().resolve("refs/heads/dev.lock"));

        fails(FailureKind.EXTERNAL, () -> repository.land(put("f", "2", "k2")));
        assertThat(clock.paused()).isGreaterThan(Duration.ofSeconds(30));
    }

    @Test
    void aHookThatFailsForAMomentIsTriedAgainAndOneThatMeansItIsPolicySoon() throws Exception {
        Path tries = temp.resolve("tries");
        hook("echo x >> " + tries + "; test $(wc -l < " + tries + ") -gt 3");
        assertThat(repository.land(put("f", "1", "k1")).created()).isTrue();

        hook("echo 'ask the owners' >&2; exit 1");
        Duration before = clock.paused();
        assertThatThrownBy(() -> repository.land(put("f", "2", "k2")))
                .hasMessageContaining("ask the owners")
                .isInstanceOfSatisfying(
                        FailureException.class,
                        problem -> assertThat(problem.failure().kind()).isEqualTo(FailureKind.POLICY));
        assertThat(clock.paused().minus(before)).isLessThan(Duration.ofSeconds(5));
    }

    @ParameterizedTest
    @CsvSource({"BAD_GATEWAY,BAD_GATEWAY", "UNAVAILABLE,BAD_GATEWAY", "TOO_MANY,TOO_MANY"})
    void anAnswerOfAGatewayCostsTimeWhetherReadingOrWriting(Fault first, Fault second) {
        http.faults(each(first, second));
        http.readFaults(each(first, Fault.NONE, Fault.NONE, second));

        assertThat(repository.head(DEV)).isPresent();
        assertThat(repository.land(put("f", "1", "k1")).created()).isTrue();
        if (first == Fault.TOO_MANY) {
            assertThat(clock.paused()).as("Retry-After").isGreaterThanOrEqualTo(Duration.ofSeconds(21));
        }
    }

    @Test
    void aRepositoryWithOtherIdsIsToldPlainly() {
        GitFixture.run(temp, "git", "init", "-q", "--bare", "--object-format=sha256", "long.git");
        GitFixture.run(temp, "git", "init", "-q", "--object-format=sha256", "long");
        Path work = temp.resolve("long");
        GitFixture.run(work, "git", "checkout", "-q", "-b", "dev");
        GitFixture.run(work, "git", "commit", "-q", "--allow-empty", "-m", "one");
        GitFixture.run(work, "git", "push", "-q", "../long.git", "dev");
        for (GitRepository long256 : List.of(
                repositories.at(http.url("long.git")),
                repositories.at(new RepositoryUrl(temp.resolve("long.git").toString())))) {
            assertThatThrownBy(() -> long256.head(DEV)).hasMessageContaining("SHA-256");
            fails(FailureKind.INPUT, () -> long256.land(put("f", "1", "k")));
        }
        assertThat(clock.paused()).isZero();
    }

    @Test
    void whatCannotPassIsNotWaitedFor() {
        fails(FailureKind.INPUT, () -> repositories.at(http.url("none.git")).head(DEV));
        GitFixture.run(temp, "git", "clone", "-q", "-b", "dev", "server.git", "work");
        RepositoryUrl checkedOut = new RepositoryUrl(temp.resolve("work").toString());
        fails(FailureKind.POLICY, () -> repositories.at(checkedOut).land(put("f", "1", "k")));
        assertThat(clock.paused()).isLessThan(Duration.ofSeconds(5));
        Duration before = clock.paused();
        http.requireLogin("a", "b");
        fails(FailureKind.POLICY, () -> repository.head(DEV));
        assertThat(clock.paused()).isEqualTo(before);
    }

    @Test
    void aServerThatIsOutIsWaitedForOnceAndNotByEachOfItsRepositories() {
        server.commit("dev", "README", "again");
        http.readFaults(() -> Fault.BAD_GATEWAY);
        fails(FailureKind.EXTERNAL, () -> repository.head(DEV));
        Duration once = clock.paused();
        assertThat(once).isGreaterThan(Duration.ofSeconds(30));
        for (int i = 0; i < 3; i++) {
            GitRepository other = repositories.at(http.url("other" + i + ".git"));
            fails(FailureKind.EXTERNAL, () -> other.head(DEV));
        }
        assertThat(clock.paused()).isEqualTo(once);

        http.readFaults(() -> Fault.NONE);
        assertThat(repository.head(DEV)).isPresent();
        http.readFaults(each(Fault.BAD_GATEWAY));
        assertThat(repository.head(DEV))
                .as("it answered, so a fault of a moment is waited out again")
                .isPresent();
        assertThat(clock.paused()).isGreaterThan(once);
    }

    /** These faults one after the other, and then none. */
    private static Supplier<Fault> each(Fault... faults) {
        Iterator<Fault> next = List.of(faults).iterator();
        return () -> {
            synchronized (next) {
                return next.hasNext() ? next.next() : Fault.NONE;
            }
        };
    }

    private static void fails(FailureKind kind, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(FailureException.class, problem -> assertThat(
                        problem.failure().kind())
                .as(problem.getMessage())
                .isEqualTo(kind));
    }

    private void hook(String script) {
        Git.in(server.folder()).hook("pre-receive", script);
    }
}
