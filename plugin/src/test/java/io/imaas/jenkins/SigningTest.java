package io.imaas.jenkins;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.cloudbees.plugins.credentials.CredentialsScope;
import io.imaas.app.Ports;
import io.imaas.jenkins.config.ImaasConfiguration;
import io.imaas.jenkins.world.PlatformWorld;
import io.imaas.model.failure.FailureException;
import io.imaas.model.record.Trust;
import io.imaas.model.rollout.Trailers;
import io.imaas.model.source.BranchName;
import io.imaas.model.tenancy.Tenant;
import io.imaas.model.tenancy.TenantName;
import io.imaas.plan.step.CommitFiles;
import io.imaas.port.GitRepository;
import io.imaas.step.record.Records;
import io.imaas.step.runner.CommitFilesRunner;
import io.imaas.step.runner.Landings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.jvnet.hudson.test.JenkinsRule;

/** What the configuration says of committer and key holds for every commit. */
@SharedJenkins
class SigningTest {
    private static final BranchName DEV = new BranchName("dev");

    @TempDir
    private Path folder;

    private TestPlatform platform;

    @BeforeEach
    void begin() throws Exception {
        platform = TestPlatform.begin(folder);
    }

    @AfterEach
    void end() {
        platform.close();
    }

    @Test
    void commitsAreSignedAndOnlyTheyAreOurs(JenkinsRule jenkins) throws Exception {
        assumeThat(Path.of("/usr/bin/ssh-keygen")).as("needs openssh-client").exists();
        Path key = folder.resolve("key");
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .start()
                .waitFor();
        platform.configure();
        ImaasConfiguration.get().setCommitter("Acme CI <ci@acme.example>");
        commit("signed with the key that Jenkins makes");
        assertThat(trailers()).containsKey(Trailers.ACTOR);
        assertThat(platform.git("orders-gitops", "cat-file", "commit", "dev")).contains("BEGIN SSH SIGNATURE");
        Vault.sshKey("imaas-signing", Files.readString(key));
        ImaasConfiguration.get().setSigningCredentialsId("imaas-signing");
        assertThat(trailers())
                .as("the platform lists no key, and ours is another one now")
                .isEmpty();

        commit("signed");

        assertThat(platform.git("orders-gitops", "log", "-1", "--format=%cn <%ce>", "dev")
                        .strip())
                .isEqualTo("Acme CI <ci@acme.example>");
        Path allowed = folder.resolve("allowed");
        Files.writeString(allowed, "ci@acme.example " + Files.readString(folder.resolve("key.pub")));
        platform.git("orders-gitops", "config", "gpg.ssh.allowedSignersFile", allowed.toString());
        assertThat(platform.git("orders-gitops", "log", "-1", "--format=%G?", "dev")
                        .strip())
                .isEqualTo("G");
        assertThat(trailers()).containsKey(Trailers.ACTOR);
        try (Stream<Path> files =
                Files.walk(jenkins.jenkins.getRootDir().toPath().resolve("imaas"))) {
            List<Path> keys = files.filter(file -> file.endsWith("signing-key")).toList();
            assertThat(keys).isNotEmpty();
            for (Path kept : keys) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(kept)))
                        .isEqualTo("rw-------");
            }
        }
    }

    @Test
    void whatIsNoKeyIsRefusedByNameBeforeAnythingIsCommitted(JenkinsRule jenkins) throws Exception {
        platform.configure();
        Vault.text(CredentialsScope.SYSTEM, "imaas-signing", "no key");
        ImaasConfiguration.get().setSigningCredentialsId("imaas-signing");

        assertThatThrownBy(() -> commit("never"))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("imaas-signing")
                .hasMessageContaining("private key");
    }

    private static GitRepository repository() {
        Tenant orders = PlatformWorld.get().tenant(new TenantName("orders"));
        return PlatformWorld.get().engine(orders).imaas().ports().gitops(orders);
    }

    private static Map<String, String> trailers() {
        return repository().history(DEV, "", 1).get(0).trailers();
    }

    private static void commit(String text) {
        Tenant orders = PlatformWorld.get().tenant(new TenantName("orders"));
        Ports ports = PlatformWorld.get().engine(orders).imaas().ports();
        Records records = new Records(ports.statements(), Trust.NONE, orders.name());
        new CommitFilesRunner(orders, repository(), records, Landings.wantedAlone(repository()))
                .run(
                        CommitFiles.of(
                                "note", "Note", DEV, Map.of("NOTE", text), Map.of(Trailers.ACTOR, "@ann"), Map.of()),
                        null);
    }
}
