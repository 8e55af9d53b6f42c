package io.imaas.cli;

import picocli.CommandLine.Option;

/** Up to which environment a release goes by itself. */
public final class PathOption {
    @Option(
            names = "--to",
            paramLabel = "ENV",
            defaultValue = "",
            description =
                    "go on to this environment: through each one of the service's path, as soon as the release is healthy in "
                            + "the one before and every gate is open; a closed gate ends it there, with exit code 5 and what opens it")
    private String to;

    String to() {
        return to;
    }
}
