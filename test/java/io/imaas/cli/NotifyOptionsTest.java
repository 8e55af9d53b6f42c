package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.testing.Git;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Telling people is the last thing that a command does, and changes nothing of how it ended. */
class NotifyOptionsTest {
    private static final String ONE = "registry.example.org/orders/api@sha256:" + "1".repeat(64);

    @TempDir
    private Path folder;

    @BeforeEach
    void bareRepository() {
        CommandLineRun.bareRepository(folder);
    }

    private String settings(String text) throws IOException {
        return Files.writeString(folder.resolve("imaas.yaml"), text).toString();
    }

    private CommandLineRun release(String... more) {
        String[] all = new String[more.length + 4];
        System.arraycopy(new String[] {"api", "dev", "--image", ONE}, 0, all, 0, 4);
        System.arraycopy(more, 0, all, 4, more.length);
        return CommandLineRun.onGitOps(folder, "release", all);
    }

    @Test
    void whoCouldNotBeToldIsALineAndNoFailure() throws IOException {
        String file = settings("notifications: [{channel: webhook, to: orders-hook, when: [success]}]");
        CommandLineRun run = release("--notify", file);
        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .contains("webhook orders-hook could not be notified: the environment variable"
                        + " IMAAS_WEBHOOK_ORDERS_HOOK is empty");
    }

    @Test
    void nobodyIsToldOfWhatNobodyAskedFor() throws IOException {
        String file = settings("notifications: [{channel: slack, to: '#orders'}]");
        assertThat(release("--notify", file).err()).isEmpty();
        assertThat(release("--notify", file, "--after-failure").err())
                .contains("slack #orders could not be notified: the environment variable IMAAS_SLACK is empty");
        assertThat(release("--notify", file, "--after-failure", "--dry-run").err())
                .isEmpty();
    }

    @Test
    void settingsThatAreWrongAreRefusedBeforeAnythingIsDone() throws IOException {
        CommandLineRun run = release("--notify", settings("notifications: [{channel: pigeon, to: coop}]"));
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("pigeon");
        assertThat(release("--notify", folder.resolve("gone.yaml").toString()).exitCode())
                .isEqualTo(3);
        assertThat(release("--notify").exitCode()).isEqualTo(2);
        assertThat(Git.in(folder.resolve("orders-gitops.git")).run("branch", "--list"))
                .isEmpty();
    }
}
