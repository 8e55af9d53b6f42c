package io.imaas.adapter.git;

import static io.imaas.adapter.git.GitFixture.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.imaas.adapter.git.sign.CommitSigning;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import io.imaas.model.rollout.Trailers;
import io.imaas.port.GitRepository;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class CredentialsTest {
    @TempDir
    private Path temp;

    private GitFixture server;

    @BeforeEach
    void create() {
        server = GitFixture.bare(temp.resolve("server.git"));
    }

    @Test
    void aTokenOpensTheServerAndAMissingOrWrongOneIsPolicy() throws Exception {
        try (GitHttpServer http = new GitHttpServer(temp)) {
            http.requireLogin("x-access-token", "right");
            assertThatThrownBy(() -> land(http, GitAccess.anonymous()))
                    .satisfies(CredentialsTest::isPolicy)
                    .hasMessageContaining("wants a login, and none was given");
            assertThatThrownBy(() -> land(http, token("wrong")))
                    .satisfies(CredentialsTest::isPolicy)
                    .hasMessageNotContaining("wrong");
            land(http, token("right"));
            http.refuseWithoutChallenge();
            assertThatThrownBy(() -> land(http, token("dead"))).satisfies(CredentialsTest::isPolicy);
        }
        assertThat(server.subjects("dev")).hasSize(1);
    }

    @Test
    void aPushThatTheLoginIsRefusedForIsNotTriedAgainThoughAllMayRead() throws Exception {
        try (GitHttpServer http = new GitHttpServer(temp)) {
            http.requireLogin("x-access-token", "right");
            http.readableByAll();
            assertThatThrownBy(() -> land(http, token("dead"))).satisfies(CredentialsTest::isPolicy);
            // JGit asks without a login first; a push that is tried again and again is refused dozens of times.
            assertThat(http.refusals()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void aServerThatWantedALoginOnceGetsItAtOnceAndFromThenOnSoLongAsItTakesIt() throws Exception {
        AtomicReference<String> password = new AtomicReference<>("right");
        GitAccess changing = GitAccess.token(name -> Optional.of(new Secret(password.get())), "git");
        try (GitHttpServer http = new GitHttpServer(temp);
                GitRepositories repositories = repositories(http, changing)) {
            http.requireLogin("x-access-token", "right");
            GitRepository repository = repositories.at(http.url("server.git"));
            for (String key : List.of("k1", "k2", "k3")) {
                repository.land(put(key, "1", key));
                assertThat(repository.heads(List.of(GitFixture.DEV))).hasSize(1);
            }
            assertThat(http.refusals()).as("reading and writing, each once").isEqualTo(2);

            password.set("old");
            assertThatThrownBy(() -> repository.heads(List.of(GitFixture.DEV))).satisfies(CredentialsTest::isPolicy);
            http.readableByAll();
            assertThat(repository.heads(List.of(GitFixture.DEV)))
                    .as("where nobody asks for it, a login that is no longer good is not shown")
                    .hasSize(1);
        }
    }

    @Test
    void commitsAreSignedWithAnSshKeyThatGitItselfAccepts() throws Exception {
        assumeThat(Path.of("/usr/bin/ssh-keygen")).as("needs openssh-client").exists();
        Path key = temp.resolve("key");
        GitFixture.run(temp, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString());
        Path allowed = temp.resolve("allowed");
        Files.writeString(allowed, "imaas@localhost " + Files.readString(temp.resolve("key.pub")));
        GitSettings settings = GitFixture.settings(temp.resolve("cache")).signedBy(CommitSigning.ssh(key.toString()));
        try (GitRepositories repositories = new GitRepositories(settings)) {
            repositories.at(server.url()).land(put("f", "1", "k1"));
            onlySignedOnesAreOwn(repositories.at(server.url()));
        }
        server.git("update-ref", "refs/heads/dev", "dev~1");
        server.git("config", "gpg.ssh.allowedSignersFile", allowed.toString());
        assertThat(server.git("verify-commit", "--verbose", "dev"))
                .contains("Good \"git\" signature for imaas@localhost");
    }

    /** Somebody else commits with the same trailers and the same names. */
    private void onlySignedOnesAreOwn(GitRepository repository) throws Exception {
        assertThat(key(repository)).isEqualTo("k1");
        try (GitRepositories others =
                new GitRepositories(GitFixture.settings(temp.resolve("others")).signedBy(CommitSigning.none()))) {
            others.at(server.url()).land(put("f", "2", "k2"));
        }
        assertThat(key(repository)).isNull();
    }

    private static String key(GitRepository repository) {
        return repository.history(GitFixture.DEV, "", 1).get(0).trailers().get(Trailers.KEY);
    }

    @Test
    void commitsAreSignedWithAnOpenPgpKeyThatGitItselfAccepts() throws Exception {
        assumeThat(Path.of("/usr/bin/gpg")).as("needs gnupg").exists();
        // A socket's path must be short, and the folder's name is not ours to choose.
        Path home = Files.createTempDirectory(Path.of("/tmp"), "gpg");
        try {
            Path gpg = temp.resolve("gpg");
            Files.writeString(gpg, "#!/bin/sh\nGNUPGHOME=" + home + " exec gpg \"$@\"\n");
            gpg.toFile().setExecutable(true);
            GitFixture.run(
                    temp,
                    gpg.toString(),
                    "--batch",
                    "--quiet",
                    "--passphrase",
                    "",
                    "--quick-generate-key",
                    "IMaaS <imaas@localhost>",
                    "ed25519",
                    "sign");
            GitSettings settings = GitFixture.settings(temp.resolve("cache"))
                    .signedBy(CommitSigning.gpg(gpg.toString(), "imaas@localhost"));
            try (GitRepositories repositories = new GitRepositories(settings)) {
                repositories.at(server.url()).land(put("f", "1", "k1"));
                onlySignedOnesAreOwn(repositories.at(server.url()));
            }
            server.git("update-ref", "refs/heads/dev", "dev~1");
            server.git("config", "gpg.program", gpg.toString());
            assertThat(server.git("verify-commit", "--verbose", "dev"))
                    .contains("Good signature from \"IMaaS <imaas@localhost>\"");
        } finally {
            GitFixture.run(temp, "sh", "-c", "GNUPGHOME=" + home + " gpgconf --kill all; rm -rf " + home);
        }
    }

    @Test
    void aProgramThatCannotSignIsTheUsersFaultInItsWords() throws Exception {
        Path gpg = temp.resolve("gpg");
        Files.writeString(gpg, "#!/bin/sh\necho 'no secret key' >&2; exit 2\n");
        gpg.toFile().setExecutable(true);
        isRefused(CommitSigning.gpg(gpg.toString(), "nobody@localhost"), "no secret key");
        isRefused(CommitSigning.gpg(temp.resolve("none").toString(), "nobody@localhost"), "none");
    }

    @Test
    @Timeout(180)
    void aProgramThatNeverEndsIsLeftAfterItsTime() throws Exception {
        Path gpg = temp.resolve("gpg");
        for (String script : List.of("sleep 600", "sleep 600 & wait", "cat > /dev/null; setsid sleep 25 & exit 0")) {
            Files.writeString(gpg, "#!/bin/sh\n" + script + "\n");
            gpg.toFile().setExecutable(true);
            isRefused(CommitSigning.gpg(gpg.toString(), "nobody@localhost", Duration.ofMillis(300)), "did not end");
        }
    }

    @Test
    void aKeyThatCannotSignIsTheUsersFault() {
        isRefused(CommitSigning.ssh(temp.resolve("none").toString()), "none");
    }

    private void isRefused(CommitSigning key, String words) {
        GitSettings settings = GitFixture.settings(temp.resolve("cache")).signedBy(key);
        try (GitRepositories repositories = new GitRepositories(settings)) {
            assertThatThrownBy(() -> repositories.at(server.url()).land(put("f", "1", "k1")))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            problem -> assertThat(problem.failure().kind()).isEqualTo(FailureKind.INPUT))
                    .hasMessageContaining(words);
        }
        assertThat(server.git("for-each-ref")).isEmpty();
    }

    private void land(GitHttpServer http, GitAccess access) {
        try (GitRepositories repositories = repositories(http, access)) {
            repositories.at(http.url("server.git")).land(put("f", "1", "k1"));
        }
    }

    private GitRepositories repositories(GitHttpServer http, GitAccess access) {
        return new GitRepositories(GitSettings.of(temp.resolve("cache"), access, new GitFixture.SystemClock())
                .speakingTo(http.hosts()));
    }

    private static GitAccess token(String value) {
        return GitAccess.token(name -> Optional.of(new Secret(value)), "git");
    }

    private static void isPolicy(Throwable problem) {
        assertThat(((FailureException) problem).failure().kind()).isEqualTo(FailureKind.POLICY);
    }
}
