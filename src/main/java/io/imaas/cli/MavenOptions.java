package io.imaas.cli;

import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How Maven runs where a project needs it. */
final class MavenOptions {
    @Mixin
    private final LocalRepositoryOption localRepository = new LocalRepositoryOption();

    @Option(names = "--offline", description = "Maven downloads nothing")
    private boolean offline;

    Path localRepository() {
        return localRepository.folder();
    }

    boolean offline() {
        return offline;
    }
}
