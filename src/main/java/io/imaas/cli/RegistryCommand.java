package io.imaas.cli;

import io.imaas.dev.layout.LoopbackRegistry;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code imaas registry}: serves an OCI image layout on loopback until it is interrupted; for a look at the demo. */
@Command(
        name = "registry",
        description = "Serve an OCI image layout folder as a registry on loopback, until it is interrupted.")
public final class RegistryCommand extends CliCommand {
    @Parameters(paramLabel = "DIR", description = "the OCI image layout folder")
    private Path folder;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            defaultValue = "0",
            description = "port on 127.0.0.1 (default: a free one)")
    private int port;

    @Override
    protected int run() throws InterruptedException {
        try (LoopbackRegistry registry = LoopbackRegistry.start(folder, port(port))) {
            out().println("serving " + folder + " at http://" + registry.address() + "/v2/");
            new CountDownLatch(1).await();
        }
        return 0;
    }
}
