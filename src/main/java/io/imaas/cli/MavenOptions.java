package io.imaas.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** How Maven runs where a project needs it. */
final class MavenOptions {
    @Option(
            names = "--local-repository",
            paramLabel = "DIR",
            description = "local Maven repository; give each tenant its own (default: ~/.m2/repository)")
    private Path localRepository;

    @Option(names = "--offline", description = "let Maven fetch nothing")
    private boolean offline;

    Path localRepository() {
        return localRepository == null
                ? Path.of(System.getProperty("user.home"), ".m2", "repository")
                : localRepository;
    }

    boolean offline() {
        return offline;
    }
}
