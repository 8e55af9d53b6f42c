package io.imaas.adapter.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.port.Processes.Command;
import io.imaas.testing.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
class LocalProcessesTest {
    private final LocalProcesses processes = new LocalProcesses();
    private final List<String> lines = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void bothStreamsArriveLineByLineInTheirOrder() {
        int exit = run(Duration.ofSeconds(20), "sh", "-c", "echo one; echo two >&2; printf three; exit 7");

        assertThat(exit).isEqualTo(7);
        assertThat(lines).containsExactly("one", "two", "three");
    }

    @Test
    void manyLinesAreAllHandedOver() {
        run(Duration.ofSeconds(20), "sh", "-c", "i=0; while [ $i -lt 20000 ]; do echo $i; i=$((i+1)); done");

        assertThat(lines)
                .containsExactlyElementsOf(
                        IntStream.range(0, 20000).mapToObj(Integer::toString).toList());
    }

    @Test
    void noProgramGetsTheKeysAndLoginsOfThisOne() {
        LocalProcesses ours = new LocalProcesses(Map.of(
                "PATH", System.getenv("PATH"),
                "IMAAS_GIT_TOKEN", "secret",
                "IMAAS_KEY", "/keys/orchestrator.key",
                "VAULT_TOKEN", "hvs.secret",
                "SIGSTORE_ID_TOKEN", "ey.secret",
                "AWS_PROFILE", "scans"));

        ours.run(new Command(List.of("env"), folder, Map.of("IMAAS_GIVEN", "yes"), Duration.ofSeconds(20)), lines::add);

        assertThat(lines)
                .contains("AWS_PROFILE=scans", "IMAAS_GIVEN=yes")
                .noneMatch(line -> line.contains("secret") || line.contains("IMAAS_KEY"));
    }

    @Test
    void environmentAndFolderAreTheProgramsOwn() throws Exception {
        Command command = new Command(
                List.of("sh", "-c", "echo $GREETING; pwd"),
                folder,
                Map.of("GREETING", "good day"),
                Duration.ofSeconds(20));

        processes.run(command, lines::add);

        assertThat(lines).containsExactly("good day", folder.toRealPath().toString());
    }

    @Test
    void argumentsReachNoShell() {
        run(Duration.ofSeconds(20), "echo", "$(id)", "a b", "*");

        assertThat(lines).containsExactly("$(id) a b *");
    }

    @Test
    void anAskingProgramGetsTheEndOfItsInput() {
        assertThat(run(Duration.ofSeconds(20), "cat")).isZero();
    }

    @Test
    void aMissingProgramIsTheUsersToInstall() {
        assertThatThrownBy(() -> run(Duration.ofSeconds(20), "no-such-program-here"))
                .isInstanceOfSatisfying(FailureException.class, e -> {
                    assertThat(e.failure().kind()).isEqualTo(FailureKind.INPUT);
                    assertThat(e.failure().sentence()).contains("no-such-program-here", "install");
                });
    }

    @Test
    void aMissingMavenIsToldWithItsPackage() {
        assertThatThrownBy(() -> run(Duration.ofSeconds(20), folder + "/mvn"))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().suggestion()).contains("Maven 3.8.6", "apt-get install maven"));
    }

    @Test
    void aMissingFolderIsNotTakenForAMissingProgram() {
        Command command = new Command(List.of("true"), folder.resolve("gone"), Map.of(), Duration.ofSeconds(5));

        assertThatThrownBy(() -> processes.run(command, lines::add))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().what()).isEqualTo("there is no such folder"));
    }

    @Test
    void aProgramThatTakesTooLongIsEndedWithAllItsChildren() throws Exception {
        Path pids = folder.resolve("pids");
        String script = "sleep 300 & echo $! >> " + pids + "; sh -c 'echo $$ >> " + pids + "; sleep 301; true'; true";

        assertThatThrownBy(() -> run(Duration.ofSeconds(2), "sh", "-c", script))
                .isInstanceOfSatisfying(FailureException.class, e -> {
                    assertThat(e.failure().kind()).isEqualTo(FailureKind.EXTERNAL);
                    assertThat(e.failure().what()).contains("did not end within 2 s");
                });
        assertThat(living(Files.readAllLines(pids))).isEmpty();
    }

    @Test
    void aProgramThatIgnoresThePoliteSignalIsEndedToo() throws Exception {
        Path pids = folder.resolve("pids");
        String script = "trap '' TERM; echo $$ > " + pids + "; while true; do sleep 1; done";

        assertThatThrownBy(() -> run(Duration.ofSeconds(1), "sh", "-c", script)).isInstanceOf(FailureException.class);
        assertThat(living(Files.readAllLines(pids))).isEmpty();
    }

    @Test
    void anInterruptEndsTheProgramAndIsNotForgotten() throws Exception {
        Path pids = folder.resolve("pids");
        AtomicReference<Throwable> thrown = new AtomicReference<>();
        Thread runner = new Thread(() -> {
            try {
                run(Duration.ofMinutes(5), "sh", "-c", "echo $$ > " + pids + "; echo started; sleep 300; true");
            } catch (FailureException e) {
                thrown.set(Thread.currentThread().isInterrupted() ? e : new AssertionError("interrupt forgotten", e));
            }
        });
        runner.start();
        Await.until(() -> !lines.isEmpty());
        runner.interrupt();
        runner.join();

        assertThat(thrown.get()).isInstanceOf(FailureException.class);
        assertThat(living(Files.readAllLines(pids))).isEmpty();
    }

    @Test
    void aConsumerThatThrowsEndsTheProgram() throws Exception {
        Path pids = folder.resolve("pids");
        Command command = new Command(
                List.of("sh", "-c", "echo $$ > " + pids + "; echo x; sleep 300; true"),
                folder,
                Map.of(),
                Duration.ofMinutes(5));

        assertThatThrownBy(() -> processes.run(command, line -> {
                    throw new IllegalStateException("no more");
                }))
                .hasMessage("no more");
        assertThat(living(Files.readAllLines(pids))).isEmpty();
    }

    @Test
    void aBackgroundChildThatHoldsTheOutputOpenDoesNotHoldUs() throws IOException {
        int exit = run(Duration.ofMinutes(1), "sh", "-c", "sleep 300 & echo done; echo $! > pid");

        assertThat(exit).isZero();
        assertThat(lines).containsExactly("done");
        ProcessHandle.of(Long.parseLong(Files.readString(folder.resolve("pid")).strip()))
                .ifPresent(ProcessHandle::destroy);
    }

    private int run(Duration timeout, String... arguments) {
        return processes.run(new Command(List.of(arguments), folder, Map.of(), timeout), line -> {
            synchronized (lines) {
                lines.add(line);
            }
        });
    }

    private static List<String> living(List<String> pids) throws InterruptedException {
        List<String> living = pids;
        for (int i = 0; i < 100 && !living.isEmpty(); i++) {
            Thread.sleep(20);
            living = living.stream()
                    .filter(pid -> ProcessHandle.of(Long.parseLong(pid)).isPresent())
                    .toList();
        }
        return living;
    }
}
