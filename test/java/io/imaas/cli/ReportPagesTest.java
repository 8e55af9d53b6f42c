package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The read commands' answers as pages: whole, escaped, without script and without anything from elsewhere. */
class ReportPagesTest {
    private static final String ONE = "registry.example.org/orders/api@sha256:" + "1".repeat(64);
    private static final String TWO = "registry.example.org/orders/api@sha256:" + "2".repeat(64);

    @TempDir
    Path folder;

    @BeforeEach
    void twoEnvironments() {
        CommandLineRun.bareRepository(folder);
        run("release", "api", "dev", "--image", ONE, "--version", "1.0.0");
        run("promote", "api", "dev", "test", "--assume-healthy");
        run("release", "api", "dev", "--image", TWO, "--version", "1.1.0");
    }

    @Test
    void statusShowsTheMatrix() throws Exception {
        assertThat(page("status")).contains("<th scope=\"row\">api</th>", "<b>1.1.0</b>", "<b>1.0.0</b>");
    }

    @Test
    void historyShowsEachEnvironmentNewestFirst() throws Exception {
        String page = page("history", "api");

        assertThat(page).contains("<h2>dev</h2>", "<h2>test</h2>");
        assertThat(page.indexOf("<b>1.1.0</b>")).isLessThan(page.indexOf("<b>1.0.0</b>"));
    }

    @Test
    void diffShowsWhatCameAndWhatWent() throws Exception {
        assertThat(page("diff", "api", "dev", "test"))
                .contains("<ins>+ version: 1.1.0</ins>")
                .contains("<del>- version: 1.0.0</del>");
    }

    @Test
    void whoMakesARequestCannotWriteHtml() throws Exception {
        CommandLineRun run = CommandLineRun.of(
                "release",
                "--gitops",
                folder.resolve("orders-gitops.git").toString(),
                "--cache",
                folder.resolve("cache").toString(),
                "--actor",
                "<script>alert(1)</script>",
                "api",
                "dev",
                "--image",
                ONE);
        assertThat(run.exitCode()).as(run.err()).isZero();

        assertThat(page("history", "api")).contains("&lt;script&gt;alert(1)&lt;/script&gt;");
    }

    private String page(String command, String... more) throws Exception {
        Path file = folder.resolve("pages").resolve(command + ".html");
        String[] arguments = java.util.Arrays.copyOf(more, more.length + 2);
        arguments[more.length] = "--report";
        arguments[more.length + 1] = file.toString();
        CommandLineRun run = run(command, arguments);
        assertThat(run.exitCode()).as(run.err()).isZero();
        assertThat(run.out()).as("printed as ever").isNotEmpty();
        String page = Files.readString(file);
        assertThat(page)
                .startsWith("<!doctype html>")
                .endsWith("</html>\n")
                .contains("name=\"viewport\"", "prefers-color-scheme: dark")
                .doesNotContain("<script", "http://", "https://", "@import", "url(");
        return page;
    }

    private CommandLineRun run(String command, String... more) {
        return CommandLineRun.onGitOps(folder, command, more);
    }
}
