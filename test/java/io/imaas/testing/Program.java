package io.imaas.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A program of the operating system that some tests need; they are skipped, with one line saying so, where it is missing. */
public final class Program {
    private final Path file;

    private Program(Path file) {
        this.file = file;
    }

    /** @param debianPackage that brings the program */
    public static Program require(String name, String debianPackage) {
        Optional<Path> found = find(name);
        assumeTrue(
                found.isPresent(),
                () -> name + " is not installed, so this did not run: apt-get install " + debianPackage);
        return new Program(found.orElseThrow());
    }

    public static Optional<Path> find(String name) {
        String path = System.getenv().getOrDefault("PATH", "") + File.pathSeparator + "/usr/sbin";
        return Stream.of(path.split(File.pathSeparator))
                .map(folder -> Path.of(folder, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    public Path file() {
        return file;
    }

    /** Runs it and returns what it printed; fails the test when its exit code isn't 0. */
    public String run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s%n%s", command, output).isZero();
        return output;
    }
}
