package io.imaas.adapter.mi.unittest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** With a home folder whose script starts a Java process that speaks the protocol, as the real one does. */
@Timeout(180)
@Execution(ExecutionMode.CONCURRENT)
class MiHomeServerTest {
    @TempDir
    private Path home;

    @TempDir
    private Path folder;

    private void script(String text) throws IOException {
        Path script = Files.createDirectories(home.resolve("bin")).resolve("micro-integrator.sh");
        Files.writeString(script, "#!/bin/sh\n" + text + "\n");
        script.toFile().setExecutable(true);
    }

    private static String java() throws Exception {
        Path classes = Path.of(ProtocolServer.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return "'" + Path.of(System.getProperty("java.home"), "bin", "java") + "' -cp '" + classes + "' "
                + ProtocolServer.class.getName() + " \"$@\"";
    }

    @Test
    void theServerRunsTheSuitesAndItsJavaProcessEndsWithIt() throws Exception {
        script("echo $$ starts\n" + java() + "\necho ended");
        List<String> log = Collections.synchronizedList(new ArrayList<>());
        ProcessHandle java;
        try (MiHomeServer server = MiHomeServer.start(home, Duration.ofSeconds(30), log::add)) {
            long shell = Long.parseLong(log.get(0).split(" ")[0]);
            java = ProcessHandle.of(shell)
                    .flatMap(p -> p.children().findFirst())
                    .orElseThrow();
            Suites suites = new Suites(folder).suite("One", "a");
            assertThat(suites.run(Duration.ofSeconds(10), server.address()).passed())
                    .isTrue();
        }
        assertThat(java.isAlive()).isFalse();
        assertThat(log).anyMatch(line -> line.contains("has been established on port"));
    }

    @Test
    void aRestartEndsTheOldServerAndStartsAnother() throws Exception {
        script("echo $$ starts\nexec " + java());
        List<String> log = Collections.synchronizedList(new ArrayList<>());
        try (MiHomeServer server = MiHomeServer.start(home, Duration.ofSeconds(30), log::add)) {
            ProcessHandle first =
                    ProcessHandle.of(Long.parseLong(log.get(0).split(" ")[0])).orElseThrow();
            assertThat(server.restart()).isTrue();
            assertThat(first.isAlive()).isFalse();
            Suites suites = new Suites(folder).suite("One", "a");
            assertThat(suites.run(Duration.ofSeconds(10), server.address()).passed())
                    .isTrue();
        }
        assertThat(log.stream().filter(line -> line.endsWith(" starts"))).hasSize(2);
    }

    @Test
    void aServerThatEndsAtOnceIsToldWithItsLastWords() throws Exception {
        script("echo 'Error: JAVA_HOME is not defined correctly.'; exit 1");
        assertThatThrownBy(() -> MiHomeServer.start(home, Duration.ofSeconds(10), line -> {}))
                .isInstanceOfSatisfying(FailureException.class, e -> {
                    assertThat(e.failure().kind()).isEqualTo(FailureKind.EXTERNAL);
                    assertThat(e.failure().what()).contains("ended with code 1", "JAVA_HOME is not defined");
                });
    }

    @Test
    void aServerThatNeverListensIsGivenUpAndEnded() throws Exception {
        script("echo $$ starts; sleep 60");
        List<String> log = Collections.synchronizedList(new ArrayList<>());
        assertThatThrownBy(() -> MiHomeServer.start(home, Duration.ofMillis(700), log::add))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("does not answer");
        Optional<ProcessHandle> shell =
                ProcessHandle.of(Long.parseLong(log.get(0).split(" ")[0]));
        assertThat(shell.map(ProcessHandle::isAlive).orElse(false)).isFalse();
    }

    @Test
    void aFolderThatIsNoHomeIsTheUsersFault() {
        assertThatThrownBy(() -> MiHomeServer.start(home, Duration.ofSeconds(1), line -> {}))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.INPUT));
    }
}
