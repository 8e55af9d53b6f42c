package io.imaas.cli;

import io.imaas.dev.sandbox.Sandbox;
import io.imaas.report.ProgressSink;
import io.imaas.report.Terminal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaas dev down}: ends and removes the sandbox of a service. */
@Command(
        name = "down",
        description = "End the registry of 'imaas dev up' and remove .imaas-dev; a cluster stays as it is.")
public final class DevDownCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "the service's sources (default: .)")
    private Path folder;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        if (!Files.isDirectory(folder.resolve(Sandbox.FOLDER))) {
            out.println("nothing is there: no .imaas-dev in "
                    + folder.toAbsolutePath().normalize());
            return 0;
        }
        DevWorld.of(folder, new ProgressSink(out, Terminal.of(System.getenv()), false))
                .down();
        out.println("removed " + folder.resolve(".imaas-dev"));
        return 0;
    }
}
