package io.imaas.cli;

import picocli.CommandLine.Option;

/** {@code --format} of the commands that tell problems. */
final class ProblemFormat {
    /** For people, for programs, or for code scanners. */
    enum Format {
        TEXT,
        JSON,
        SARIF
    }

    @Option(
            names = {"-o", "--format"},
            paramLabel = "text|json|sarif",
            defaultValue = "text",
            description = "text for people (default), json for programs, sarif for code scanners")
    private Format format;

    Format chosen() {
        return format;
    }
}
