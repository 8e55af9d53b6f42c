package io.imaas.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.testing.JavaProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Four processes write to one repository through one cache folder, and are killed without warning. */
class KillTest {
    private static final int PROCESSES = 4;
    private static final int CHANGES = 6;
    private static final int KILLS = Integer.getInteger("imaas.tries", 4);

    @TempDir
    private Path temp;

    @Test
    void killingProcessesLosesAndDoublesNothing() throws Exception {
        GitFixture server = GitFixture.bare(temp.resolve("server.git"));
        server.commit("dev", "log", "begin\n");
        Random random = new Random();
        List<Process> running = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            running.add(start(server, i));
        }
        for (int kill = 0; kill < KILLS; kill++) {
            Thread.sleep(random.nextInt(1500));
            int victim = random.nextInt(PROCESSES);
            running.get(victim).destroyForcibly().waitFor();
            running.set(victim, start(server, victim));
        }
        for (int i = 0; i < PROCESSES; i++) {
            assertThat(running.get(i).waitFor(5, TimeUnit.MINUTES)).isTrue();
            assertThat(running.get(i).exitValue())
                    .as(() -> read(temp.resolve("err")))
                    .isZero();
        }

        List<String> expected = new ArrayList<>();
        for (int i = 0; i < PROCESSES; i++) {
            for (int c = 0; c < CHANGES; c++) {
                expected.add("p" + i + "c" + c);
            }
        }
        assertThat(server.git("log", "--format=%(trailers:key=Imaas-Key,valueonly,separator=)", "dev")
                        .lines()
                        .filter(line -> !line.isBlank()))
                .containsExactlyInAnyOrderElementsOf(expected);
        assertThat(server.file("dev", "log").lines().skip(1)).containsExactlyInAnyOrderElementsOf(expected);
        server.git("fsck", "--strict", "--no-dangling");
        assertThat(slots()).isLessThanOrEqualTo(PROCESSES);
    }

    /** Killed processes' slots are used again. */
    private long slots() throws IOException {
        try (var files = Files.walk(temp.resolve("cache"))) {
            return files.filter(file -> file.getFileName().toString().matches("[0-9]+\\.lock"))
                    .count();
        }
    }

    private Process start(GitFixture server, int number) throws IOException {
        return JavaProcess.of(
                        WriterProcess.class,
                        temp.resolve("cache").toString(),
                        server.url().value(),
                        "p" + number,
                        Integer.toString(CHANGES))
                .redirectErrorStream(true)
                .redirectOutput(
                        ProcessBuilder.Redirect.appendTo(temp.resolve("err").toFile()))
                .start();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }
}
