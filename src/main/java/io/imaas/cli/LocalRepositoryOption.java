package io.imaas.cli;

import java.nio.file.Path;
import picocli.CommandLine.Option;

/** {@code --local-repository}: where Maven keeps what it fetched and installed. */
final class LocalRepositoryOption {
    @Option(
            names = "--local-repository",
            paramLabel = "DIR",
            description = "local Maven repository; give each tenant its own (default: ~/.m2/repository)")
    private Path folder;

    Path folder() {
        return folder == null ? Path.of(System.getProperty("user.home"), ".m2", "repository") : folder;
    }
}
