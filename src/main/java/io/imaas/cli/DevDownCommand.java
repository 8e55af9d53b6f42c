package io.imaas.cli;

import io.imaas.dev.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code imaas dev down}: ends and removes the sandbox of a service. */
@Command(
        name = "down",
        description = "Stop the registry of 'imaas dev up' and remove .imaas-dev. A cluster is not changed.")
public final class DevDownCommand extends CliCommand {
    @Mixin
    private final SourcesArgument sources = new SourcesArgument();

    @Override
    protected int run() throws IOException {
        if (!Files.isDirectory(sources.folder().resolve(Sandbox.FOLDER))) {
            out().println("nothing is there: no .imaas-dev in "
                    + sources.folder().toAbsolutePath().normalize());
            return 0;
        }
        DevWorld.of(sources.folder(), progress()).down();
        out().println("removed " + sources.folder().resolve(Sandbox.FOLDER).normalize());
        return 0;
    }
}
