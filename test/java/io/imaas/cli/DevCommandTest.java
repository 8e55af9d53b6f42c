package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.cli.settings.Settings;
import io.imaas.testing.Await;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DevCommandTest {
    @TempDir
    Path folder;

    private Path hello;

    @BeforeEach
    void aService() {
        hello = folder.resolve("hello");
        CommandLineRun.of("init", "service", hello.toString(), "--yes");
    }

    @AfterEach
    void nothingRunsOn() {
        CommandLineRun.of("dev", "down", hello.toString());
    }

    @Test
    void oneCommandReleasesAServiceAndTheOthersGoOnFromThere() throws IOException {
        CommandLineRun released = CommandLineRun.of("dev", "run", hello.toString(), "--once");
        assertThat(released.exitCode()).as(released.err()).isZero();
        assertThat(released.out()).contains("ok   Roll out hello to dev", "hello -> test: ready to be promoted");

        Settings inside = Settings.of(
                Map.of("IMAAS_CONFIG", hello.resolve(".imaas-dev/config.yaml").toString()), folder, folder);
        assertThat(CommandLineRun.of(inside, "promote", "hello", "dev", "test").exitCode())
                .isZero();
        assertThat(CommandLineRun.of(inside, "promote", "hello", "test", "prod").exitCode())
                .isEqualTo(5);
        CommandLineRun waiting =
                CommandLineRun.of(inside, "wait", "hello", "prod", "--for", "approved", "--timeout", "1s");
        assertThat(waiting.exitCode()).isEqualTo(1);
        assertThat(waiting.err()).contains("not yet: none of @", "approved this content");

        CommandLineRun.of(inside, "approve", "hello", "prod");
        assertThat(CommandLineRun.of(inside, "status").out()).contains("hello -> prod: ready to be promoted");
        assertThat(CommandLineRun.of(inside, "inbox").out()).contains("0.1.0 of test can be promoted");
        aGateOfAnotherSystem();
        assertThat(CommandLineRun.of(inside, "status").out())
                .contains("hello -> prod: ready to be promoted, if change-ticket says yes then");
        assertThat(CommandLineRun.of(inside, "inbox").out())
                .contains("0.1.0 of test can be promoted, if change-ticket says yes then");
        assertThat(CommandLineRun.of(inside, "wait", "hello", "prod", "--for", "approved")
                        .exitCode())
                .isZero();
        assertThat(CommandLineRun.of(inside, "wait", "hello", "test").out()).isEqualTo("hello is live in test\n");
        assertThat(CommandLineRun.of(inside, "diff", "hello", "prod").out())
                .contains("test has 0.1.0", "prod has no release", "release.yaml  + version: 0.1.0");

        assertThat(CommandLineRun.of("dev", "up", hello.toString()).out()).contains("imaas dev run " + hello);
        assertThat(CommandLineRun.of("dev", "down", hello.toString()).exitCode())
                .isZero();
        assertThat(hello.resolve(".imaas-dev")).doesNotExist();
        assertThat(CommandLineRun.of("dev", "down", hello.toString()).out()).contains("nothing is there");
    }

    private void aGateOfAnotherSystem() throws IOException {
        Path platform = hello.resolve(".imaas-dev/platform/platform.yaml");
        Files.writeString(
                platform,
                Files.readString(platform)
                        + """
                        gateHosts: [tickets.example.org]
                        gates:
                          - name: change-ticket
                            environments: [prod]
                            http: {url: "https://tickets.example.org/${service}"}
                            open: status == 200
                        """);
    }

    @Test
    void aChangeOfTheSourcesIsReleasedAndAMistakeIsTold() throws IOException, InterruptedException {
        StringWriter told = new StringWriter();
        CommandLine line = Main.commandLine(Settings.of(Map.of(), folder, folder));
        line.setOut(new PrintWriter(told));
        line.setErr(new PrintWriter(told));
        Thread run = new Thread(() -> line.execute("dev", "run", hello.toString()));
        run.setDaemon(true);
        run.start();
        await(told, "hello     0.1.0");
        edit("pom.xml", "0.1.0", "0.2.0");
        await(told, "hello     0.2.0");
        edit("src/main/wso2mi/artifacts/apis/Hello.xml", "</api>", "</apo>");
        await(told, "not well-formed XML");
        await(told, "waiting for a change", 3);
        run.interrupt();
        run.join(10_000);
        assertThat(run.isAlive()).isFalse();
    }

    @Test
    void aFolderThatIsNoServiceIsTold() {
        CommandLineRun run =
                CommandLineRun.of("dev", "run", folder.resolve("none").toString());
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).contains("there is no such folder", "try: imaas init service");
    }

    private static void await(StringWriter told, String words) {
        await(told, words, 1);
    }

    private static void await(StringWriter told, String words, int times) {
        Await.until(() -> told.toString().split(words, -1).length > times, told::toString);
    }

    private void edit(String path, String from, String to) throws IOException {
        Path file = hello.resolve(path);
        Files.writeString(file, Files.readString(file).replace(from, to));
    }
}
