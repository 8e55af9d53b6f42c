package io.imaas.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Git's own command line: what tests check our writes with. */
public final class Git {
    private final Path folder;
    private final Map<String, String> environment;

    private Git(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    public static Git in(Path folder) {
        return new Git(folder, Map.of());
    }

    /** The same, with commits dated so. */
    public Git at(Instant date) {
        return new Git(folder, Map.of("GIT_COMMITTER_DATE", date.toString()));
    }

    public Path folder() {
        return folder;
    }

    /** Has the repository, a bare one, run this script of the shell at that moment. */
    public void hook(String moment, String script) {
        Path hook = folder.resolve("hooks").resolve(moment);
        try {
            Files.createDirectories(hook.getParent());
            Files.writeString(hook, "#!/bin/sh\n" + script + "\n");
            Files.setPosixFilePermissions(hook, PosixFilePermissions.fromString("rwxr-xr-x"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs git and returns what it printed; a failure is an error of the test. */
    public String run(String... arguments) {
        return told("", arguments);
    }

    /** The same, with an input. */
    public String told(String input, String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            try (OutputStream in = process.getOutputStream()) {
                in.write(input.getBytes(StandardCharsets.UTF_8));
            }
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (process.waitFor() != 0) {
                throw new AssertionError(command + " in " + folder + ":\n" + output);
            }
            return output;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
