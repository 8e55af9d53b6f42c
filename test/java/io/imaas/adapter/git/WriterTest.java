package io.imaas.adapter.git;

import static io.imaas.adapter.git.GitFixture.DEV;
import static io.imaas.adapter.git.GitFixture.edit;
import static io.imaas.adapter.git.GitFixture.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.Change;
import io.imaas.port.GitRepository;
import io.imaas.port.GitRepository.Landed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.api.Git;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WriterTest {
    @TempDir
    private Path temp;

    private GitFixture server;
    private GitRepositories repositories;
    private GitRepository repository;
    private final ExecutorService callers = Executors.newCachedThreadPool();

    @BeforeEach
    void open() {
        server = GitFixture.bare(temp.resolve("server.git"));
        repositories = GitFixture.open(temp.resolve("cache"));
        repository = repositories.at(server.url());
        server.commit("dev", "README", "hello");
    }

    @AfterEach
    void close() {
        callers.shutdownNow();
        repositories.close();
    }

    @Test
    void changesThatArriveDuringAPushGoOutTogetherOneCommitEach() throws Exception {
        hook("post-receive", "echo push >> " + temp.resolve("pushes") + "; sleep 0.2");

        List<Landed> landed = all(IntStream.range(0, 30).mapToObj(i -> put("f" + i, "x", "k" + i)));

        assertThat(landed).extracting(Landed::commit).doesNotHaveDuplicates();
        assertThat(server.subjects("dev")).hasSize(31);
        assertThat(Files.readAllLines(temp.resolve("pushes"))).hasSizeLessThan(8);
        assertThat(repositories.at(server.url())).isSameAs(repository);
    }

    @Test
    void aTenantWithManyChangesDoesNotKeepAnotherWaiting() {
        IntentQueue queue = new IntentQueue();
        IntStream.range(0, 100).forEach(i -> queue.add(intent("busy", "b" + i)));
        queue.add(intent("calm", "c"));

        assertThat(queue.take(4))
                .extracting(intent -> intent.changes().get(0).key())
                .containsExactly("b0", "c", "b1", "b2");
    }

    @Test
    void aHookThatSaysNoIsPolicyAndOnlyTheChangeItMeansFails() throws Exception {
        hook("update", "if git log --format=%B $2..$3 | grep -q evil; then echo 'evil is not welcome' >&2; exit 1; fi");
        List<Future<Landed>> pending = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            Change change = put("f" + i, "x", i == 4 ? "evil" : "k" + i);
            pending.add(callers.submit(() -> repository.land(change)));
        }
        int failed = 0;
        for (Future<Landed> future : pending) {
            try {
                future.get();
            } catch (java.util.concurrent.ExecutionException refused) {
                failed++;
                FailureException problem = (FailureException) refused.getCause();
                assertThat(problem.failure().kind()).isEqualTo(FailureKind.POLICY);
                assertThat(problem).hasMessageContaining("evil is not welcome");
            }
        }
        assertThat(failed).isEqualTo(1);
        assertThat(server.subjects("dev")).hasSize(9).doesNotContain("change evil");
    }

    @Test
    void anEditThatFailsHarmsNoOtherChangeOfItsBatch() throws Exception {
        hook("post-receive", "sleep 0.1");
        Change broken = edit(
                "f",
                old -> {
                    throw FailureException.input("bad file", "f:1:1", "");
                },
                "bad");
        List<Future<Landed>> good = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Change change = put("g" + i, "x", "k" + i);
            good.add(callers.submit(() -> repository.land(change)));
        }
        assertThatThrownBy(() -> repository.land(broken)).hasMessageContaining("bad file");
        for (Future<Landed> future : good) {
            assertThat(future.get().created()).isTrue();
        }
    }

    @Test
    void oneChangeOverSeveralServicesIsOneCommit() {
        Change both = GitFixture.change(
                List.of(GitFixture.fileEdit("a/r", old -> "1"), GitFixture.fileEdit("b/r", old -> "2")),
                "both",
                Map.of("Imaas-Tenant", "t"));
        repository.land(both);
        assertThat(server.git("show", "--format=", "--name-only", "dev").lines())
                .containsExactly("a/r", "b/r");
    }

    @Test
    void anAnswerThatWasLostIsFoundInGit() throws Exception {
        hook(
                "post-receive",
                "if [ ! -e " + temp.resolve("once") + " ]; then touch " + temp.resolve("once") + "; kill -9 $PPID; fi");

        Landed landed = repository.land(put("f", "1", "k1"));
        Landed withoutKey = repository.land(edit("f", old -> old + "2", ""));

        assertThat(landed.created()).isTrue();
        assertThat(withoutKey.created()).isTrue();
        assertThat(temp.resolve("once")).exists();
        assertThat(server.subjects("dev")).hasSize(3);
        assertThat(server.file("dev", "f")).isEqualTo("12");
    }

    @Test
    void aDeletedBranchIsAConflictOnceAndThenBegunAnew() {
        repository.land(put("f", "1", "k1"));
        server.git("update-ref", "-d", "refs/heads/dev");

        assertKind(FailureKind.CONFLICT, () -> repository.land(put("f", "2", "k2")));
        assertThat(repository.head(DEV)).isEmpty();
        assertThat(repository.land(put("f", "2", "k2")).created()).isTrue();
        assertThat(server.subjects("dev")).containsExactly("change k2");
    }

    @Test
    void aRewrittenHistoryIsFollowedAndWhatItDroppedCanLandAgain() {
        repository.land(put("f", "1", "k1"));
        repository.land(put("g", "1", "k2"));
        server.git(
                "update-ref", "refs/heads/dev", server.git("rev-parse", "dev~1").strip());

        Landed again = repository.land(put("g", "1", "k2"));

        assertThat(again.created()).isTrue();
        assertThat(server.subjects("dev")).containsExactly("change k2", "change k1", "by hand: README");
        assertThat(repository.land(put("f", "1", "k1")).created()).isFalse();
    }

    @Test
    void aBrokenCacheHealsItself() throws IOException {
        repository.land(put("f", "1", "k1"));
        repositories.close();
        List<Path> files;
        try (Stream<Path> walk = Files.walk(temp.resolve("cache"))) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> file.toString().contains("objects"))
                    .toList();
        }
        for (Path file : files) {
            file.toFile().setWritable(true);
            Files.writeString(file, "torn");
        }
        try (Stream<Path> walk = Files.walk(temp.resolve("cache"))) {
            walk.filter(path -> path.endsWith("refs/heads")).forEach(path -> write(path.resolve("dev.lock"), ""));
        }
        try (GitRepositories reopened = GitFixture.open(temp.resolve("cache"))) {
            GitRepository healed = reopened.at(server.url());
            assertThat(healed.land(put("f", "2", "k2")).created()).isTrue();
            assertThat(healed.land(put("f", "1", "k1")).created()).isFalse();
            assertThat(healed.history(DEV, "f", 5)).hasSize(2);
        }
    }

    @Test
    void aCacheThatVanishesUnderARunningProcessIsMadeAgain() throws IOException {
        repository.land(put("f", "1", "k1"));
        CacheSlot.delete(temp.resolve("cache"));
        assertThat(repository.land(put("f", "2", "k2")).created()).isTrue();
        assertThat(repository.head(DEV)).isPresent();
    }

    @Test
    void aServerThatIsNotThereIsExternalOrInput() {
        GitFixture.HastyClock clock = new GitFixture.HastyClock();
        assertKind(FailureKind.INPUT, () -> repositories
                .at(new RepositoryUrl("file://" + temp.resolve("none.git")))
                .head(DEV));
        try (GitRepositories hasty = new GitRepositories(GitFixture.settings(temp.resolve("hasty"), clock))) {
            GitRepository nowhere = hasty.at(new RepositoryUrl("http://127.0.0.1:9/x.git"));
            assertKind(FailureKind.EXTERNAL, () -> nowhere.head(DEV));
            assertThat(clock.paused()).as("a restart is waited out").isBetween(seconds(40), seconds(50));
            assertKind(FailureKind.EXTERNAL, () -> nowhere.land(put("f", "1", "k")));
            assertThat(clock.paused()).isBetween(seconds(80), seconds(100));
        }
    }

    @Test
    void severalBranchesGoOutInOnePush() throws Exception {
        hook("post-receive", "echo push >> " + temp.resolve("pushes") + "; sleep 0.1");
        server.commit("test", "README", "t");
        repository.head(new BranchName("test"));
        all(IntStream.range(0, 20).mapToObj(i -> Change.of(
                        new BranchName(i % 2 == 0 ? "dev" : "test"),
                        "change " + i,
                        List.of(GitFixture.fileEdit("f" + i, old -> "x")))
                .withKey("k" + i)));
        assertThat(server.subjects("dev")).hasSize(11);
        assertThat(server.subjects("test")).hasSize(11);
        assertThat(Files.readAllLines(temp.resolve("pushes"))).hasSizeLessThan(8);
    }

    @Test
    void anInterruptedCallerHarmsNobody() throws Exception {
        hook("post-receive", "sleep 0.3");
        Future<Landed> first = callers.submit(() -> repository.land(put("a", "1", "k1")));
        Thread.sleep(100);
        Thread.currentThread().interrupt();
        try {
            repository.land(put("b", "1", "k2"));
        } catch (FailureException stopped) {
            assertThat(stopped.failure().kind()).isEqualTo(FailureKind.EXTERNAL);
        }
        assertThat(Thread.interrupted()).isTrue();
        assertThat(first.get().created()).isTrue();
        assertThat(repository.land(put("b", "1", "k2")).commit()).isNotNull();
        assertThat(server.subjects("dev")).hasSize(3);
    }

    @Test
    void aCacheThatWasPackedGoesOnWorking() throws Exception {
        for (int i = 0; i < 40; i++) {
            repository.land(put("a/b/f" + i % 3, "n" + i, "k" + i));
        }
        repositories.close();
        Path tips;
        try (Stream<Path> walk = Files.walk(temp.resolve("cache"))) {
            tips = walk.filter(path -> path.endsWith("tips.git")).findFirst().orElseThrow();
        }
        try (Git git = Git.open(tips.toFile())) {
            git.gc().call();
        }
        try (GitRepositories reopened = GitFixture.open(temp.resolve("cache"))) {
            GitRepository again = reopened.at(server.url());
            again.land(put("a/b/f1", "last", "last"));
            again.land(put("a/b/f2", "very last", "very last"));
            assertThat(again.land(put("x", "1", "k3")).created()).isFalse();
        }
        assertThat(GitFixture.run(tips, "git", "count-objects").strip()).matches("([0-9]|1[0-9]) objects.*");
        assertThat(server.subjects("dev")).hasSize(43);
    }

    private List<Landed> all(Stream<Change> changes) throws Exception {
        List<Future<Landed>> pending = new ArrayList<>();
        changes.forEach(change -> pending.add(callers.submit(() -> repository.land(change))));
        List<Landed> landed = new ArrayList<>();
        for (Future<Landed> future : pending) {
            landed.add(future.get());
        }
        return landed;
    }

    private static Intent intent(String tenant, String key) {
        return new Intent(
                List.of(GitFixture.change(List.of(), key, Map.of("Imaas-Tenant", tenant))), CommitSigning.none());
    }

    private static Duration seconds(int seconds) {
        return Duration.ofSeconds(seconds);
    }

    private void hook(String name, String script) {
        io.imaas.testing.Git.in(server.folder()).hook(name, script);
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException problem) {
            throw new java.io.UncheckedIOException(problem);
        }
    }

    private static void assertKind(FailureKind kind, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(FailureException.class, problem -> assertThat(
                        problem.failure().kind())
                .isEqualTo(kind));
    }
}
