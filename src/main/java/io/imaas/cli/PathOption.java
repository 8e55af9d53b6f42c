package io.imaas.cli;

import picocli.CommandLine.Option;

/** Up to which environment a release goes by itself. */
public final class PathOption {
    @Option(
            names = "--to",
            paramLabel = "ENV",
            defaultValue = "",
            description = "continue to this environment, through all environments of the service's path: each as soon "
                    + "as the release is healthy in the one before and every gate is open; a closed gate ends the "
                    + "run with exit code 5 and says what opens it")
    private String to;

    String to() {
        return to;
    }
}
