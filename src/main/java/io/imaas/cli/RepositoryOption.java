package io.imaas.cli;

import io.imaas.model.source.RepositoryUrl;
import java.nio.file.Files;
import java.nio.file.Path;

/** A repository as people write it on a command line. */
final class RepositoryOption {
    private RepositoryOption() {}

    /** A URL, or a folder: a relative path is meant from where the command runs. */
    static RepositoryUrl url(String text) {
        boolean folder = !text.contains("://") && Files.isDirectory(Path.of(text));
        return new RepositoryUrl(
                folder ? Path.of(text).toAbsolutePath().normalize().toString() : text);
    }
}
