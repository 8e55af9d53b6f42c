package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.imaas.testing.Git;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignedCommitsTest {
    private static final String IMAGE = "registry.example.org/orders/order-api@sha256:" + "a".repeat(64);

    @TempDir
    Path folder;

    @BeforeEach
    void repository() {
        CommandLineRun.bareRepository(folder);
    }

    @Test
    void aReleaseIsSignedByWhomeverTheCommandNames() throws Exception {
        assumeThat(Path.of("/usr/bin/ssh-keygen")).as("needs openssh-client").exists();
        Path key = folder.resolve("key");
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .start()
                .waitFor();
        Path allowed = folder.resolve("allowed");
        Files.writeString(allowed, "ci@acme.example " + Files.readString(folder.resolve("key.pub")));

        CommandLineRun run = release("--committer", "Acme CI <ci@acme.example>", "--sign", "ssh:" + key);

        assertThat(run.exitCode()).as(run.err()).isZero();
        Git server = Git.in(folder.resolve("orders-gitops.git"));
        assertThat(server.run("log", "-1", "--format=%cn <%ce>", "dev").strip()).isEqualTo("Acme CI <ci@acme.example>");
        server.run("config", "gpg.ssh.allowedSignersFile", allowed.toString());
        assertThat(server.run("log", "-1", "--format=%G? %GS", "dev").strip()).isEqualTo("G ci@acme.example");
    }

    @Test
    void aKeyThatIsNotThereIsToldAndNothingIsCommitted() {
        CommandLineRun run = release("--sign", "ssh:" + folder.resolve("none"));

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("none").contains("SSH private key");
        assertThat(Git.in(folder.resolve("orders-gitops.git")).run("branch")).isBlank();
    }

    @Test
    void whatNamesNoKeyAndNoCommitterIsABadCommandLine() {
        assertThat(release("--sign", "rsa:key").exitCode()).isEqualTo(2);
        assertThat(release("--sign", "ssh:").err()).contains("ssh:FILE");
        assertThat(release("--committer", "nobody").err()).contains("name@example.org");
    }

    private CommandLineRun release(String... more) {
        String[] usual = {"order-api", "dev", "--image", IMAGE, "--version", "1.0.0"};
        String[] all = new String[usual.length + more.length];
        System.arraycopy(usual, 0, all, 0, usual.length);
        System.arraycopy(more, 0, all, usual.length, more.length);
        return CommandLineRun.onGitOps(folder, "release", all);
    }
}
