package io.imaas.cli;

import io.imaas.dev.layout.LoopbackRegistry;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaas registry}: serves an OCI image layout on loopback until it is interrupted; for a look at the demo. */
@Command(
        name = "registry",
        description = "Serve an OCI image layout folder as a registry on loopback, until interrupted.")
public final class RegistryCommand implements Callable<Integer> {
    @Parameters(paramLabel = "DIR", description = "the OCI image layout folder")
    private Path folder;

    @Option(names = "--port", defaultValue = "0", description = "port on 127.0.0.1 (default: a free one)")
    private int port;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        try (LoopbackRegistry registry = LoopbackRegistry.start(folder, port)) {
            spec.commandLine().getOut().println("serving " + folder + " at http://" + registry.address() + "/v2/");
            new CountDownLatch(1).await();
        }
        return 0;
    }
}
