package io.imaas.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Git's own command line: what tests check our writes with. */
public final class Git {
    private final Path folder;

    private Git(Path folder) {
        this.folder = folder;
    }

    public static Git in(Path folder) {
        return new Git(folder);
    }

    /** Runs git and returns what it printed; a failure is an error of the test. */
    public String run(String... arguments) {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder git =
                    new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
            // Not every account that runs tests has told git who it is.
            for (String role : List.of("AUTHOR", "COMMITTER")) {
                git.environment().putIfAbsent("GIT_" + role + "_NAME", "tess");
                git.environment().putIfAbsent("GIT_" + role + "_EMAIL", "tess@example.org");
            }
            Process process = git.start();
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
