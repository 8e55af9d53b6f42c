package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.testing.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What nobody can read of one service harms none of its neighbours, and is told with its place. */
class BadNeighbourTest {
    private static final String ONE = "registry.example.org/orders/api@sha256:" + "1".repeat(64);
    private static final String TWO = "registry.example.org/orders/api@sha256:" + "2".repeat(64);
    private static final String IMAGE = "image:\n  repository: registry.example.org/orders/b\n  digest: sha256:";

    @TempDir
    static Path released;

    @TempDir
    Path folder;

    @BeforeAll
    static void release() {
        CommandLineRun.bareRepository(released);
        for (String[] one : new String[][] {{ONE, "1.0.0"}, {TWO, "2.0.0"}}) {
            assertThat(CommandLineRun.onGitOps(
                                    released, "release", "api", "dev", "--image", one[0], "--version", one[1])
                            .exitCode())
                    .isZero();
        }
    }

    @BeforeEach
    void begin() throws IOException {
        String name = "orders-gitops.git";
        FileUtils.copyDirectory(
                released.resolve(name).toFile(), folder.resolve(name).toFile());
    }

    @ParameterizedTest
    @CsvSource({"tab,4", "commit,''", "digest,''", "latin1,''", "huge,''", "folder,''"})
    void aBadFileStopsItsOwnServiceAlone(String kind, String place) throws Exception {
        byte[] content =
                switch (kind) {
                    case "tab" ->
                        "# b\n# b\nimage:\n\trepository: x\n".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
                    case "commit" -> text(IMAGE + "1".repeat(64) + "\nsource:\n  commit: 1a2b3c4\n");
                    case "digest" -> text(IMAGE + "abc\n");
                    case "latin1" -> new byte[] {'a', ':', ' ', (byte) 0xe9};
                    case "folder" -> text("x\n");
                    default -> new byte[2 << 20];
                };
        byHand("services/b/release.yaml" + (kind.equals("folder") ? "/x" : ""), content);

        CommandLineRun status = run("status");
        assertThat(status.exitCode()).as(status.err()).isZero();
        assertThat(status.out())
                .contains("2.0.0", "unreadable", "dev:services/b/release.yaml" + (place.isEmpty() ? "" : ":" + place));
        assertThat(run("rollback", "api", "dev").exitCode()).isZero();
        assertThat(run("promote", "api", "dev", "test", "--assume-healthy").exitCode())
                .isZero();
        CommandLineRun named = run("promote", "b", "dev", "test", "--assume-healthy");
        assertThat(named.exitCode()).isEqualTo(3);
        assertThat(named.err()).contains("dev:services/b/release.yaml");
    }

    @Test
    void aBrokenReleaseIsRolledBackToTheOneBefore() throws Exception {
        byHand("services/api/release.yaml", text("image:\n\tbroken\n"));

        assertThat(run("rollback", "api", "dev").exitCode()).isZero();
        assertThat(git().run("show", "dev:services/api/release.yaml")).contains("2".repeat(64));
    }

    @Test
    void aFolderThatIsNoServiceIsPassedOver() throws Exception {
        byHand("services/_shared/common.yaml", text("a: 1\n"));
        byHand("services/" + "long-name".repeat(9) + "/release.yaml", text("a: 1\n"));
        byHand("services/README.md", text("hello\n"));

        CommandLineRun status = run("status");
        assertThat(status.exitCode()).as(status.err()).isZero();
        assertThat(status.out()).contains("api").doesNotContain("_shared");
        assertThat(run("rollback", "api", "dev").exitCode()).isZero();
    }

    private static byte[] text(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }

    private void byHand(String path, byte[] content) throws Exception {
        Path work = folder.resolve("work");
        if (!Files.exists(work)) {
            Git.in(folder).run("clone", "-q", "-b", "dev", "orders-gitops.git", "work");
        }
        Files.createDirectories(work.resolve(path).getParent());
        Files.write(work.resolve(path), content);
        Git.in(work).run("add", "-A");
        Git.in(work).run("-c", "user.name=bob", "-c", "user.email=bob@example.org", "commit", "-q", "-m", "by hand");
        Git.in(work).run("push", "-q", "origin", "dev");
    }

    private Git git() {
        return Git.in(folder.resolve("orders-gitops.git"));
    }

    private CommandLineRun run(String command, String... more) {
        return CommandLineRun.onGitOps(folder, command, more);
    }
}
