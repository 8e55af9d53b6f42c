package io.imaas.adapter.git;

import static io.imaas.adapter.git.GitFixture.DEV;
import static io.imaas.adapter.git.GitFixture.put;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import io.imaas.port.GitRepository;
import io.imaas.testing.TestKey;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.eclipse.jgit.util.FS;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** SSH with keys, and servers that are not who they were. */
class SshTransportTest {
    @TempDir
    private Path temp;

    private final File home = FS.DETECTED.userHome();
    private GitFixture server;
    private SshServer ssh;

    @BeforeEach
    void start() throws Exception {
        assumeThat(Path.of("/usr/bin/ssh-keygen")).as("needs openssh-client").exists();
        ssh = SshServer.start(temp.resolve("sshd"));
        server = GitFixture.bare(temp.resolve("server.git"));
        server.commit("dev", "begun", "by hand\n");
        FS.DETECTED.setUserHome(temp.toFile());
        know("host");
    }

    @AfterEach
    void stop() throws Exception {
        FS.DETECTED.setUserHome(home);
        if (ssh != null) {
            ssh.close();
        }
    }

    @Test
    void changesAreReadAndWrittenWithAKeyThatIsASecret() throws Exception {
        try (GitRepositories repositories = open(ssh.key("user"))) {
            GitRepository repository = repositories.at(ssh.url(server.folder()));
            assertThat(repository.read(repository.head(DEV).orElseThrow(), "begun"))
                    .hasValueSatisfying(bytes -> assertThat(bytes).asString().isEqualTo("by hand\n"));
            assertThat(repository.land(put("f", "1", "k1")).created()).isTrue();
            assertThat(repository.land(put("f", "2", "k1")).created()).isFalse();
            assertThat(repository.history(DEV, "f", 10)).hasSize(1);
        }
        assertThat(server.subjects("dev")).containsExactly("change k1", "by hand: begun");
        assertThat(server.file("dev", "f")).isEqualTo("1");
    }

    @Test
    void moreBranchesThanTheMemoryHoldsAreNotRead() throws Exception {
        server.crowd();
        try (GitRepositories repositories = open(ssh.key("user"))) {
            GitRepository repository = repositories.at(ssh.url(server.folder()));
            assertThatThrownBy(() -> repository.head(DEV)).hasMessageContaining("more branches and tags than are read");
            assertThatThrownBy(() -> repository.land(put("f", "1", "k1")))
                    .hasMessageContaining("more branches and tags than are read");
        }
    }

    @Test
    void aServerWithAnotherHostKeyIsRefused() throws Exception {
        ssh.newKey("impostor");
        know("impostor");
        assertRefused(ssh.key("user"), "host key");
    }

    @Test
    void aServerNobodyVouchedForIsRefused() throws Exception {
        Files.writeString(temp.resolve(".ssh/known_hosts"), "");
        assertRefused(ssh.key("user"), "host key");
    }

    @Test
    void aKeyThatMayNotLogInIsRefused() throws Exception {
        ssh.newKey("stranger");
        assertRefused(ssh.key("stranger"), "does not accept these credentials");
    }

    private void assertRefused(Secret key, String words) {
        try (GitRepositories repositories = open(key)) {
            GitRepository repository = repositories.at(ssh.url(server.folder()));
            assertThatThrownBy(() -> repository.land(put("f", "1", "k1")))
                    .isInstanceOfSatisfying(FailureException.class, refused -> {
                        assertThat(refused.failure().kind()).isEqualTo(FailureKind.POLICY);
                        assertThat(refused).hasMessageContaining(words).hasMessageNotContaining("PRIVATE KEY");
                    });
        }
        assertThat(server.subjects("dev")).containsExactly("by hand: begun");
    }

    private void know(String hostKey) throws Exception {
        Path known = Files.createDirectories(temp.resolve(".ssh")).resolve("known_hosts");
        Files.writeString(known, ssh.knownHost(hostKey));
    }

    private GitRepositories open(Secret key) {
        GitAccess access = new GitAccess(name -> Optional.of(key), "", "", "key");
        return new GitRepositories(
                TestKey.signed(GitSettings.of(temp.resolve("cache"), access, new GitFixture.SystemClock())));
    }
}
