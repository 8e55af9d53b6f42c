package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

@Timeout(180)
class TestCommandTest {
    @TempDir
    private Path repository;

    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void aProject() throws IOException {
        folder = repository.resolve("greeter");
        write(
                "pom.xml",
                """
                <project><modelVersion>4.0.0</modelVersion><groupId>com.example</groupId><artifactId>greeter</artifactId>
                <version>1.0.0</version><packaging>pom</packaging>
                <properties><project.runtime.version>4.4.0</project.runtime.version></properties></project>
                """);
        write(
                "src/main/wso2mi/artifacts/sequences/Greet.xml",
                "<sequence name=\"Greet\" xmlns=\"http://ws.apache.org/ns/synapse\"><respond/></sequence>");
    }

    private void write(String file, String content) throws IOException {
        Files.createDirectories(folder.resolve(file).getParent());
        Files.writeString(folder.resolve(file), content);
    }

    private void suite(String name) throws IOException {
        write(
                "src/test/wso2mi/" + name + ".xml",
                "<unit-test><artifacts><test-artifact><artifact>src/main/wso2mi/artifacts/sequences/Greet.xml</artifact>"
                        + "</test-artifact></artifacts><test-cases><test-case name=\"greets\"><assertions><assertNotNull>"
                        + "<actual>$body</actual><message>m</message></assertNotNull></assertions></test-case></test-cases></unit-test>");
    }

    private int run(Callable<Integer> command, String... arguments) {
        CommandLine line = Main.reading(new CommandLine(command));
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private int test(String... arguments) {
        return run(new TestCommand(), arguments);
    }

    /** Serves one connection with a reply. */
    private static ServerSocket server(String reply) throws IOException {
        ServerSocket socket = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread thread = new Thread(() -> {
            try (Socket connection = socket.accept()) {
                new ObjectInputStream(connection.getInputStream()).readObject();
                new ObjectOutputStream(connection.getOutputStream()).writeObject(reply);
            } catch (IOException | ClassNotFoundException e) {
                return;
            }
        });
        thread.setDaemon(true);
        thread.start();
        return socket;
    }

    private static String at(ServerSocket socket) {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    @Test
    void allPassedIsZeroAndTheResultsAreInFiles() throws IOException {
        suite("One");
        String reply = Files.readString(Path.of("test/fixtures/unittest/unit-test-wire-response-passed.json"))
                .replace("greets_by_name", "greets");
        try (ServerSocket server = server(reply)) {
            assertThat(test(folder.toString(), "--test-server", at(server)))
                    .as(err.toString())
                    .isZero();
        }
        assertThat(out.toString()).contains("ok    src/test/wso2mi/One.xml", "1 suite, 1 of 1 cases passed");
        assertThat(folder.resolve("target/imaas/unit-tests.xml")).content().contains("<testcase name=\"greets\"");
        assertThat(folder.resolve("target/imaas/coverage.xml")).exists();
        assertThat(folder.resolve("target/imaas/unit-tests.json")).exists();
    }

    @Test
    void aMissingCaseIsOneAndTheJsonSaysSo() throws IOException {
        suite("One");
        try (ServerSocket server =
                server("{\"deploymentStatus\":\"PASSED\",\"mediationStatus\":\"PASSED\",\"testCases\":[]}")) {
            assertThat(test(folder.toString(), "--test-server", at(server), "--format", "json"))
                    .isEqualTo(1);
        }
        assertThat(out.toString()).contains("\"passed\" : false", "\"verdict\" : \"MISSING\"");
    }

    @Test
    void oneCaseCanBeRunAndAnUnknownOneIsToldWithThoseThatThereAre() throws IOException {
        suite("One");
        write(
                "src/test/wso2mi/Two.xml",
                Files.readString(folder.resolve("src/test/wso2mi/One.xml")).replace("greets", "parts"));
        assertThat(test(folder.toString(), "--case", "par*", "--test-server", "[::1]:1", "--dry-run"))
                .isZero();
        assertThat(out.toString()).contains("Two.xml: 1 case").doesNotContain("One.xml");
        assertThat(test(folder.toString(), "--case", "perts", "--test-server", "[::1]:1"))
                .isEqualTo(3);
        assertThat(err.toString()).contains("no case is named perts", "there are greets, parts");
        assertThat(test(folder.toString(), "--suite", "Three", "--case", "greets", "--test-server", "[::1]:1"))
                .isEqualTo(3);
        assertThat(err.toString()).contains("no suite is named Three", "src/test/wso2mi/One.xml");
    }

    @Test
    void nobodyListeningIsSix() throws IOException {
        suite("One");
        String nobody;
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = at(closed);
        }
        assertThat(test(folder.toString(), "--test-server", nobody)).isEqualTo(6);
        assertThat(err.toString()).contains("no unit-test server can be reached");
    }

    @Test
    void noTestsAreWhatThePolicySays() {
        assertThat(test(folder.toString(), "--no-tests", "fail")).isEqualTo(5);
        assertThat(test(folder.toString(), "--no-tests", "ignore")).isZero();
        assertThat(err.toString()).doesNotContain("warning");
        assertThat(test(folder.toString())).isZero();
        assertThat(err.toString()).contains("warning").contains("there is no unit-test suite");
    }

    @Test
    void aDryRunSaysWhatWouldBeSentAndSendsNothing() throws IOException {
        suite("One");
        write("src/test/wso2mi/Two.xml", "<unit-test>");
        assertThat(test(folder.toString(), "--test-server", "[::1]:1", "--dry-run"))
                .isZero();
        assertThat(out.toString()).contains("One.xml: 1 case, ", " bytes", "Two.xml: 0 cases; can't be sent");
        assertThat(folder.resolve("target")).doesNotExist();
    }

    @Test
    void aServerMustBeGivenAndWellWritten() throws IOException {
        suite("One");
        assertThat(test(folder.toString())).isEqualTo(3);
        assertThat(err.toString()).contains("--test-server HOST:PORT");
        assertThat(test(folder.toString(), "--test-server", "local host:1")).isEqualTo(2);
        assertThat(test(folder.toString(), "--test-server", "localhost:70000")).isEqualTo(2);
        assertThat(test(folder.toString(), "--timeout", "soon")).isEqualTo(2);
        assertThat(test(folder.toString(), "--mi-home", folder.toString(), "--instances", "2"))
                .isEqualTo(3);
        assertThat(err.toString()).contains("--instances 2 is for --mi-image");
    }

    @Test
    void lintTellsProblemsAndWritesSarif() throws IOException {
        assertThat(run(new LintCommand(), folder.toString())).isZero();
        assertThat(out.toString()).contains("1 project: 0 errors, 0 warnings");
        write("src/main/wso2mi/artifacts/sequences/Broken.xml", "<sequence>\n<log></sequence>");
        assertThat(run(new LintCommand(), folder.toString())).isEqualTo(3);
        assertThat(out.toString()).contains("src/main/wso2mi/artifacts/sequences/Broken.xml:2:");
        assertThat(folder.resolve("target/imaas/problems.sarif"))
                .content()
                .contains("\"ruleId\" : \"not-well-formed\"");
        assertThat(run(new LintCommand(), repository.toString(), "--format", "sarif"))
                .isEqualTo(3);
        assertThat(out.toString()).contains("\"greeter/src/main/wso2mi/artifacts/sequences/Broken.xml\"");
    }
}
