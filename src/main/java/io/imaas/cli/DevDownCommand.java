package io.imaas.cli;

import io.imaas.dev.sandbox.Sandbox;
import io.imaas.report.ProgressSink;
import io.imaas.report.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code imaas dev down}: ends and removes the sandbox of a service. */
@Command(
        name = "down",
        description = "End the registry of 'imaas dev up' and remove .imaas-dev; a cluster stays as it is.")
public final class DevDownCommand implements Callable<Integer> {
    @Mixin
    private final SourcesArgument sources = new SourcesArgument();

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (!Files.isDirectory(sources.folder().resolve(Sandbox.FOLDER))) {
            out.println("nothing is there: no .imaas-dev in "
                    + sources.folder().toAbsolutePath().normalize());
            return 0;
        }
        DevWorld.of(sources.folder(), new ProgressSink(out, Terminal.of(System.getenv()), false))
                .down();
        out.println("removed " + sources.folder().resolve(".imaas-dev"));
        return 0;
    }
}
