package io.imaas.cli;

import java.nio.file.Path;
import picocli.CommandLine.Parameters;

/** {@code DIR}: the sources of the service that {@code imaas dev} is about. */
final class SourcesArgument {
    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "the service's sources (default: .)")
    private Path folder;

    Path folder() {
        return folder;
    }
}
