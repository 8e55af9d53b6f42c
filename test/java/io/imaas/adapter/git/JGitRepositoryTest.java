package io.imaas.adapter.git;

import static io.imaas.adapter.git.GitFixture.DEV;
import static io.imaas.adapter.git.GitFixture.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.port.Change;
import io.imaas.port.Commit;
import io.imaas.port.GitRepository;
import io.imaas.port.GitRepository.Landed;
import io.imaas.testing.TestKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.eclipse.jgit.util.FileUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JGitRepositoryTest {
    @TempDir
    private Path temp;

    private GitFixture server;
    private GitRepositories repositories;
    private GitRepository repository;

    @BeforeEach
    void open() {
        server = GitFixture.bare(temp.resolve("server.git"));
        repositories = GitFixture.open(temp.resolve("cache"));
        repository = repositories.at(server.url());
    }

    @AfterEach
    void close() {
        repositories.close();
    }

    @Test
    void whoeverStillWorksWithAClosedRepositoryWritesNothing() throws Exception {
        repository.land(put("a", "1", "k1"));
        repositories.close();
        FileUtils.delete(temp.resolve("cache").toFile(), FileUtils.RECURSIVE);

        assertThatThrownBy(() -> repository.head(DEV))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("the clone was closed");
        assertThatThrownBy(() -> repositories.at(server.url())).hasMessageContaining("the clone was closed");
        assertThat(temp.resolve("cache")).doesNotExist();
    }

    @Test
    void theFirstChangeBeginsTheBranchOfAnEmptyRepository() {
        assertThat(repository.head(DEV)).isEmpty();

        Landed landed = repository.land(put("services/a/release.yaml", "image: x\n", "k1"));

        assertThat(landed.created()).isTrue();
        assertThat(repository.head(DEV)).contains(landed.commit());
        assertThat(server.file("dev", "services/a/release.yaml")).isEqualTo("image: x\n");
        assertThat(server.git("log", "-1", "--format=%(trailers:key=Imaas-Key,valueonly)", "dev"))
                .contains("k1");
        server.git("fsck", "--strict");
    }

    @Test
    void whatWasSeenOfBranchesServesForAWhileAndABranchThatIsMadeUnderItIsNoHarm() {
        BranchName test = new BranchName("test");
        List<BranchName> both = List.of(DEV, test);
        assertThat(repository.heads(both)).isEmpty();

        server.commit("dev", "theirs.txt", "theirs");
        assertThat(repository.heads(both, Duration.ofHours(1))).isEmpty();
        Landed landed = repository.land(put("ours.txt", "ours", "k"));

        assertThat(repository.heads(both, Duration.ofHours(1))).containsOnly(Map.entry(DEV, landed.commit()));
        assertThat(server.git("ls-tree", "--name-only", "dev").lines()).containsExactly("ours.txt", "theirs.txt");
        server.commit("test", "theirs.txt", "theirs");
        assertThat(repository.heads(both, Duration.ZERO.minusSeconds(1))).containsKey(test);
    }

    @Test
    void aChangeLeavesEveryOtherFileAlone() {
        server.commit("dev", "a/b/c.txt", "one");
        server.commit("dev", "a.txt", "two");
        server.commit("dev", "a-b/x.txt", "three");

        repository.land(put("a/b/d.txt", "new", "k"));
        repository.land(put("a/z", "new", "k2"));

        assertThat(server.git("ls-tree", "-r", "--name-only", "dev").lines())
                .containsExactly("a-b/x.txt", "a.txt", "a/b/c.txt", "a/b/d.txt", "a/z");
        assertThat(server.file("dev", "a/b/c.txt")).isEqualTo("one");
        server.git("fsck", "--strict");
    }

    @Test
    void aKeyThatIsOnTheBranchIsNotWrittenAgainEvenWhenTheContentWasOverwritten() {
        Landed first = repository.land(put("f", "1", "k1"));
        repository.land(put("f", "2", "k2"));

        Landed again = repository.land(put("f", "1", "k1"));

        assertThat(again).isEqualTo(new Landed(first.commit(), false, true));
        assertThat(server.file("dev", "f")).isEqualTo("2");
    }

    @Test
    void aFreshProcessFindsAKeyFarBackInHistory() {
        Landed first = repository.land(put("f", "1", "k1"));
        for (int i = 0; i < 20; i++) {
            repository.land(put("f", "n" + i, "n" + i));
        }
        try (GitRepositories other = GitFixture.open(temp.resolve("cold"))) {
            Landed again = other.at(server.url()).land(put("f", "1", "k1"));
            assertThat(again).isEqualTo(new Landed(first.commit(), false, true));
        }
        assertThat(server.subjects("dev")).hasSize(21);
    }

    @Test
    void editsThatChangeNoByteMakeNoCommit() {
        Landed first = repository.land(put("f", "1", ""));
        assertThat(repository.land(put("f", "1", ""))).isEqualTo(new Landed(first.commit(), false, true));
        assertThat(server.subjects("dev")).hasSize(1);
    }

    @Test
    void aLostRaceIsComputedAnewOnTheNewTip() {
        repository.land(put("f", "1", "k1"));
        server.commit("dev", "g", "by a person");

        repository.land(put("f", "2", "k2"));

        assertThat(server.subjects("dev")).containsExactly("change k2", "by hand: g", "change k1");
        assertThat(server.file("dev", "g")).isEqualTo("by a person");
    }

    @Test
    void oneRoundTripTellsAllBranchesThatWereAskedAbout() {
        BranchName test = new BranchName("test");
        server.commit("dev", "f", "1");
        server.commit("test", "f", "1");
        repository.head(DEV);
        CommitId before = repository.head(test).orElseThrow();
        server.commit("dev", "f", "2");
        server.commit("test", "f", "2");
        assertThat(repository.lastSeen(test)).contains(before);

        repository.head(DEV);

        String now = server.git("rev-parse", "test").strip();
        assertThat(repository.lastSeen(List.of(test, new BranchName("prod")))).containsOnlyKeys(test);
        assertThat(repository.lastSeen(test)).contains(new CommitId(now));
        assertThat(repository.read(new CommitId(now), "f"))
                .hasValueSatisfying(text ->
                        assertThat(text).asString(StandardCharsets.UTF_8).isEqualTo("2"));
    }

    @Test
    void readsSeeTheCommitTheyName() {
        CommitId one = repository.land(put("x/f", "1", "k1")).commit();
        CommitId two = repository.land(put("x/g", "2", "k2")).commit();

        assertThat(text(one, "x/f")).isEqualTo("1");
        assertThat(repository.read(one, "x/g")).isEmpty();
        assertThat(repository.read(two, "x")).isEmpty();
        assertThat(repository.list(two, "")).containsExactly("x/f", "x/g");
        assertThat(repository.list(one, "x")).containsExactly("x/f");
        try (GitRepositories other = GitFixture.open(temp.resolve("cold"))) {
            assertThat(other.at(server.url()).read(one, "x/f")).contains("1".getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void historyNamesWhoChangedAPathAndWhy() {
        repository.land(put("f", "1", "k1"));
        repository.land(put("g", "1", "k2"));
        server.commit("dev", "f", "by hand");
        repository.land(put("f", "3", "k3"));

        List<Commit> history = repository.history(DEV, "f", 10);

        assertThat(history).extracting(Commit::subject).containsExactly("change k3", "by hand: f", "change k1");
        assertThat(history.get(0).trailers()).containsEntry("Imaas-Key", "k3");
        assertThat(history.get(1).author()).isEqualTo("Pat");
        assertThat(repository.history(DEV, "", 2)).extracting(Commit::subject).hasSize(2);
        assertThat(repository.history(new BranchName("none"), "f", 10)).isEmpty();
        assertThat(repository.histories(DEV, Set.of("f", "none"), 1))
                .hasEntrySatisfying("f", one -> assertThat(one).isEqualTo(history.subList(0, 1)))
                .hasEntrySatisfying("none", one -> assertThat(one).isEmpty());
    }

    @Test
    void promotingABranchMakesAMergeCommitThatContainsIt() {
        CommitId dev = repository.land(put("f", "1", "k1")).commit();
        BranchName test = new BranchName("test");
        server.commit("test", "e", "env");
        Change merge = Change.of(test, "promote", List.of(GitFixture.fileEdit("f", old -> "1")))
                .withKey("p1")
                .carrying(dev);

        Landed landed = repository.land(merge);

        assertThat(server.git("rev-list", "--parents", "-n1", "test").strip().split(" "))
                .hasSize(3);
        assertThat(repository.contains(landed.commit(), dev)).isTrue();
        assertThat(repository.contains(dev, landed.commit())).isFalse();
        assertThat(server.file("test", "e")).isEqualTo("env");
        assertThat(repository.land(merge)).isEqualTo(new Landed(landed.commit(), false, true));
    }

    @Test
    void commitsBetweenTwoAreThoseThatTheOlderDoesNotHave() {
        CommitId one = repository.land(put("f", "1", "k1")).commit();
        repository.land(put("f", "2", "k2"));
        CommitId three = repository.land(put("f", "3", "k3")).commit();

        assertThat(repository.between(one, three, 10))
                .extracting(Commit::subject)
                .containsExactly("change k3", "change k2");
        assertThat(repository.between(one, three, 1)).hasSize(1);
        assertThat(repository.between(three, one, 10)).isEmpty();
        assertThatThrownBy(() -> repository.between(new CommitId("0".repeat(39) + "1"), three, 10))
                .isInstanceOf(FailureException.class);
    }

    @Test
    void theAuthorIsTheActorAndAClockThatIsAFewMinutesBehindTakesNoTimeBack() {
        repository.land(put("f", "1", "k1"));
        String before = server.git("log", "-1", "--format=%cI", "dev").strip();
        GitSettings early = TestKey.signed(
                GitSettings.of(temp.resolve("early"), GitAccess.anonymous(), new GitFixture.SystemClock() {
                    @Override
                    public Instant now() {
                        return Instant.now().minusSeconds(200);
                    }
                }));
        try (GitRepositories other = new GitRepositories(early)) {
            Map<String, String> actor = Map.of("Imaas-Actor", "Jane Doe <jane@example.org>");
            other.at(server.url()).land(GitFixture.change(List.of(GitFixture.fileEdit("f", old -> "2")), "k2", actor));
        }
        assertThat(server.git("log", "-1", "--format=%an <%ae>", "dev").strip())
                .isEqualTo("Jane Doe <jane@example.org>");
        assertThat(server.git("log", "-1", "--format=%cI", "dev").strip()).isEqualTo(before);
    }

    @Test
    void pathsThatGitWouldNotCheckOutAreRefused() {
        for (String path : List.of("", "/a", "a//b", "../a", "a/../b", ".git/config", "a/.GIT/x", "a\\b", "a/")) {
            assertThatThrownBy(() -> repository.land(put(path, "x", "k")))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            problem -> assertThat(problem.failure().kind()).isEqualTo(FailureKind.INPUT));
        }
    }

    @Test
    void aCommitThatTheRepositoryDoesNotHaveIsTheUsersFault() {
        repository.land(put("f", "1", "k1"));
        CommitId unknown = new CommitId("0123456789".repeat(4));
        for (ThrowingCallable call : List.<ThrowingCallable>of(
                () -> repository.read(unknown, "f"),
                () -> repository.contains(unknown, repository.head(DEV).get()))) {
            assertThatThrownBy(call).isInstanceOfSatisfying(FailureException.class, problem -> assertThat(
                            problem.failure().kind())
                    .isEqualTo(FailureKind.INPUT));
        }
        assertThat(repository.contains(repository.head(DEV).orElseThrow(), unknown))
                .isFalse();
    }

    private String text(CommitId commit, String path) {
        return new String(repository.read(commit, path).orElseThrow(), StandardCharsets.UTF_8);
    }
}
