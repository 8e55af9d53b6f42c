package io.imaas.adapter.git;

import static io.imaas.adapter.git.GitFixture.DEV;
import static io.imaas.adapter.git.GitFixture.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.source.BlobId;
import io.imaas.model.source.BranchName;
import io.imaas.model.source.CommitId;
import io.imaas.port.Change;
import io.imaas.port.GitRepository;
import io.imaas.port.GitRepository.Landed;
import io.imaas.port.Precondition;
import io.imaas.testing.Git;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LandTogetherTest {
    private static final BranchName RENDERED = new BranchName("rendered/dev");
    private static final BranchName RECORDS = new BranchName("imaas/records");

    @TempDir
    private Path temp;

    private GitFixture server;
    private GitRepositories repositories;
    private GitRepository repository;

    @BeforeEach
    void open() {
        server = GitFixture.bare(temp.resolve("server.git"));
        server.commit("dev", "README", "hello");
        server.commit("rendered/dev", "README", "plain manifests");
        repositories = new GitRepositories(GitFixture.settings(temp.resolve("cache"), new GitFixture.HastyClock()));
        repository = repositories.at(server.url());
    }

    @AfterEach
    void close() {
        repositories.close();
    }

    @Test
    void bothBranchesMoveInOnePushAndTheSecondNamesTheFirst() throws Exception {
        hook(
                "pre-receive",
                "while read old new ref; do echo -n \"$ref \" >> " + temp.resolve("pushes") + "; done; echo >> "
                        + temp.resolve("pushes"));

        List<Landed> landed = repository.land(both("1"));

        assertThat(landed).allMatch(Landed::created).allMatch(Landed::atomic);
        assertThat(Files.readAllLines(temp.resolve("pushes")))
                .containsExactly("refs/heads/dev refs/heads/rendered/dev ");
        assertThat(server.git("log", "-1", "--format=%(trailers:key=Imaas-Wanted,valueonly)", "rendered/dev")
                        .strip())
                .isEqualTo(landed.get(0).commit().value());
        assertThat(repository.land(both("1"))).noneMatch(Landed::created);
    }

    @Test
    void whatOneBranchRefusesMovesNeither() throws Exception {
        hook("update", "case $1 in refs/heads/rendered/*) echo 'not this one' >&2; exit 1;; esac");

        isRefused(FailureKind.POLICY, () -> repository.land(both("1")));

        assertThat(server.subjects("dev")).containsExactly("by hand: README");
        assertThat(server.subjects("rendered/dev")).containsExactly("by hand: README");
    }

    /** The server gets half of a pack; or all of it, and nobody hears its answer. */
    @ParameterizedTest
    @EnumSource(
            value = GitHttpServer.Fault.class,
            names = {"CUT_REQUEST", "LOSE_ANSWER"})
    void aPushThatIsCutOffMovesBothOrNoneAndIsMadeOnce(GitHttpServer.Fault fault) throws Exception {
        server.git("config", "http.receivepack", "true");
        try (GitHttpServer http = new GitHttpServer(temp)) {
            repository = repositories.at(http.url("server.git"));
            http.faults(() -> fault);
            if (fault == GitHttpServer.Fault.CUT_REQUEST) {
                isRefused(FailureKind.EXTERNAL, () -> repository.land(both("1")));
                assertThat(server.subjects("dev")).containsExactly("by hand: README");
                assertThat(server.subjects("rendered/dev")).containsExactly("by hand: README");
            } else {
                repository.land(both("1"));
            }
            http.faults(() -> GitHttpServer.Fault.NONE);
            repository.land(both("1"));
        }
        assertThat(server.subjects("dev")).containsExactly("want 1", "by hand: README");
        assertThat(server.subjects("rendered/dev")).containsExactly("render 1", "by hand: README");
    }

    @Test
    void aRaceOnOneBranchRepeatsBothAndLeavesNoOtherTrace() throws Exception {
        repository.land(both("1"));
        server.commit("rendered/dev", "other/x.yaml", "by another writer");

        List<Landed> landed = repository.land(both("2"));

        assertThat(landed).allMatch(Landed::created);
        assertThat(server.subjects("dev")).containsExactly("want 2", "want 1", "by hand: README");
        assertThat(server.file("rendered/dev", "other/x.yaml")).isEqualTo("by another writer");
        assertThat(server.file("rendered/dev", "api/all.yaml")).isEqualTo("kind: 2\n");
    }

    @Test
    void manyWritersOfBothBranchesInTwoProcessesLoseNothing() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try (GitRepositories others = GitFixture.open(temp.resolve("cache2"))) {
            GitRepository other = others.at(server.url());
            List<Callable<List<Landed>>> calls = new ArrayList<>();
            for (int i = 0; i < 24; i++) {
                GitRepository one = i % 2 == 0 ? repository : other;
                String service = "s" + i;
                calls.add(() -> one.land(List.of(
                        put("services/" + service, "x", "w" + service),
                        Change.of(RENDERED, "render " + service, List.of(edit(service + "/all.yaml", "y")))
                                .namingFirst("Imaas-Wanted"))));
            }
            for (Future<List<Landed>> call : callers.invokeAll(calls)) {
                assertThat(call.get()).allMatch(Landed::created);
            }
        } finally {
            callers.shutdownNow();
        }
        assertThat(server.subjects("dev")).hasSize(25);
        assertThat(server.subjects("rendered/dev")).hasSize(25);
        String wanted = server.git("log", "--format=%(trailers:key=Imaas-Wanted,valueonly)", "rendered/dev");
        assertThat(wanted.lines().filter(line -> !line.isBlank()))
                .allMatch(id -> server.git("merge-base", id, "dev").strip().equals(id))
                .hasSize(24);
    }

    @Test
    void aServerWithoutAtomicPushesGetsTheWantedBranchFirstAndTheResultSaysSo() throws Exception {
        server.git("config", "receive.advertiseAtomic", "false");
        hook("update", "echo $1 >> " + temp.resolve("order"));

        assertThat(repository.land(both("1"))).allMatch(Landed::created).noneMatch(Landed::atomic);
        assertThat(Files.readAllLines(temp.resolve("order")))
                .containsExactly("refs/heads/dev", "refs/heads/rendered/dev");

        hook("update", "case $1 in refs/heads/rendered/*) exit 1;; esac");
        assertThatThrownBy(() -> repository.land(both("2")))
                .hasMessageContaining("dev has it in commit ")
                .hasMessageContaining("run it again");
        hook("update", "exit 0");
        assertThat(repository.land(both("2"))).extracting(Landed::created).containsExactly(false, true);
        assertThat(server.subjects("dev")).startsWith("want 2", "want 1");
        assertThat(server.subjects("rendered/dev")).startsWith("render 2", "render 1");
    }

    @Test
    void branchesThatBeginAlikeShareTheirFirstCommit() {
        assertThat(repository.land(beginning("test", "prod")))
                .extracting(Landed::created)
                .containsOnly(true);
        assertThat(server.git("rev-parse", "test")).isEqualTo(server.git("rev-parse", "prod"));
        assertThat(server.subjects("rendered/prod")).containsExactly("begin");
        assertThat(server.file("rendered/prod", "README")).isEqualTo("rendered/prod");
        assertThat(server.git("rev-list", "--all").lines()).hasSize(2 + 3);

        assertThat(repository.land(beginning("test", "prod", "live")))
                .extracting(Landed::created)
                .containsExactly(false, false, false, false, true, true);
    }

    @Test
    void branchesThatBeganWithoutTheOthersGoAgainWhenTheServerTakesThemOneByOne() throws Exception {
        server.git("config", "receive.advertiseAtomic", "false");
        hook("update", "case $1 in refs/heads/rendered/prod) exit 1;; esac");
        assertThatThrownBy(() -> repository.land(beginning("test", "prod")))
                .hasMessageContaining("rendered/prod")
                .hasMessageNotContaining("has it in commit");
        assertThat(branches()).containsExactly("dev", "rendered/dev");

        hook("update", "case $1$3 in refs/heads/rendered/prod*|*00000000) exit 1;; esac");
        assertThatThrownBy(() -> repository.land(beginning("test", "prod")))
                .hasMessageContaining("test has it in commit ")
                .hasMessageContaining("run it again");
        hook("update", "exit 0");
        assertThat(repository.land(beginning("test", "prod")))
                .extracting(Landed::created)
                .containsExactly(false, false, false, true);
    }

    private List<String> branches() {
        return server.git("branch", "--format=%(refname:short)").lines().toList();
    }

    private static List<Change> beginning(String... environments) {
        return Stream.of(environments)
                .flatMap(name -> Stream.of(
                        Change.of(new BranchName(name), "begin", List.of(edit("README", "hello"))),
                        Change.of(
                                new BranchName("rendered/" + name),
                                "begin",
                                List.of(edit("README", "rendered/" + name)))))
                .toList();
    }

    @Test
    void whatADecisionRestedOnIsAskedAgainWhenItLands() {
        CommitId decided = repository.head(DEV).orElseThrow();
        server.commit("imaas/records", "approvals/prod/1.yaml", "by: '@jane'\n");
        BlobId approval = BlobId.of("by: '@jane'\n");
        Precondition.Content approved = new Precondition.Content(RECORDS, "approvals/prod/1.yaml", approval);
        Precondition.Absent free = new Precondition.Absent(DEV, "hold.yaml", "a hold was set meanwhile", "resume it");

        repository.land(put("a", "1", "k1").expecting(List.of(new Precondition.Head(DEV, decided), approved, free)));
        isRefused(
                FailureKind.CONFLICT,
                () -> repository.land(put("a", "2", "k2").expecting(List.of(new Precondition.Head(DEV, decided)))));
        server.commit("imaas/records", "approvals/prod/1.yaml", "by: '@mallory'\n");
        isRefused(
                FailureKind.CONFLICT, () -> repository.land(put("a", "3", "k3").expecting(List.of(approved))));
        server.commit("dev", "hold.yaml", "reason: bad night\n");
        assertThatThrownBy(() -> repository.land(put("a", "4", "k4").expecting(List.of(free))))
                .hasMessage("dev:hold.yaml: a hold was set meanwhile: reason: bad night (resume it)");
        assertThat(server.file("dev", "a")).isEqualTo("1");
    }

    @Test
    void aKeyInSomebodyElsesCommitIsNotBelievedWhereCommitsAreSigned() throws Exception {
        Path key = temp.resolve("key");
        GitFixture.run(temp, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString());
        GitSettings signing = GitFixture.settings(temp.resolve("signed")).signedBy(CommitSigning.ssh(key.toString()));
        repository.land(put("x", "forged", "k1"));
        try (GitRepositories own = new GitRepositories(signing)) {
            assertThat(own.at(server.url()).land(put("f", "1", "k1")).created()).isTrue();
            assertThat(own.at(server.url()).land(put("f", "1", "k1")).created()).isFalse();
        }
        assertThat(server.file("dev", "f")).isEqualTo("1");
    }

    private static List<Change> both(String version) {
        return List.of(
                Change.of(DEV, "want " + version, List.of(edit("services/api/release.yaml", "version: " + version))),
                Change.of(RENDERED, "render " + version, List.of(edit("api/all.yaml", "kind: " + version + "\n")))
                        .namingFirst("Imaas-Wanted"));
    }

    private static io.imaas.port.FileEdit edit(String path, String content) {
        return GitFixture.fileEdit(path, old -> content);
    }

    private static void isRefused(FailureKind kind, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(FailureException.class, problem -> assertThat(
                        problem.failure().kind())
                .as(problem.getMessage())
                .isEqualTo(kind));
    }

    private void hook(String name, String script) {
        Git.in(server.folder()).hook(name, script);
    }
}
