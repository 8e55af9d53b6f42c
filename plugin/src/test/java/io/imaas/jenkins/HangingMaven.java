package io.imaas.jenkins;

import io.imaas.adapter.mi.build.NativeCarBuilder;
import io.imaas.adapter.mi.project.MiProjectDetector;
import io.imaas.model.source.CarFile;
import io.imaas.model.source.MiProject;
import io.imaas.port.CarBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Stands for Maven on an agent's PATH: a program with a child that goes on for ever until it is allowed to end, and then
 * leaves a real CAR. Each call writes down its process id.
 */
final class HangingMaven {
    private static final String SCRIPT =
            """
            #!/bin/sh
            echo $$ >> '%1$s/calls-'"$(basename "$PWD")"
            echo "Maven is at work"
            if [ ! -e '%1$s/go' ]; then
                sleep 900 &
                echo $! >> '%1$s/children'
                wait
            fi
            mkdir -p target
            cp '%1$s/project.car' 'target/%2$s'
            """;

    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Path folder;

    private HangingMaven(Path folder) {
        this.folder = folder;
    }

    /** @param project whose CAR it makes in the end */
    static HangingMaven in(Path folder, Path project) throws IOException {
        Files.createDirectories(folder);
        MiProject found = new MiProjectDetector().inspect(project).get(0);
        CarBuilder.Options options = new CarBuilder.Options(
                CarBuilder.Choice.NATIVE,
                folder.resolve("m2"),
                Files.createDirectories(folder.resolve("out")),
                false,
                true);
        CarFile car = new NativeCarBuilder().build(found, options, line -> {});
        Files.copy(Path.of(car.path()), folder.resolve("project.car"));
        Path script = Files.writeString(
                folder.resolve("mvn"),
                SCRIPT.formatted(folder, Path.of(car.path()).getFileName()));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new HangingMaven(folder);
    }

    Path folder() {
        return folder;
    }

    void letGo() throws IOException {
        Files.createFile(folder.resolve("go"));
    }

    /** The process ids of all calls in workspaces of a name, first to last. */
    List<Long> calls(String workspace) throws IOException {
        return pids(folder.resolve("calls-" + workspace));
    }

    private static List<Long> pids(Path file) throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(Long::valueOf).toList()
                : List.of();
    }

    /** Whether nothing of what began in vain is left, neither a program nor its children. */
    boolean isGone() throws IOException {
        return pids(folder.resolve("children")).stream().noneMatch(HangingMaven::alive);
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    void awaitCall(String workspace) throws IOException, InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        while (calls(workspace).isEmpty()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("Maven was not called in " + workspace);
            }
            Thread.sleep(200);
        }
    }
}
