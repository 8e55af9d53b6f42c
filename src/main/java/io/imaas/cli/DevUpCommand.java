package io.imaas.cli;

import io.imaas.cli.DevWorld.Choice;
import io.imaas.report.ProgressSink;
import io.imaas.run.RunResult;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code imaas dev up}: makes the sandbox of a service, or brings it up again. */
@Command(
        name = "up",
        description = "Create the service's own platform on this machine, or start it again. What exists is kept.")
public final class DevUpCommand extends CliCommand {
    @Mixin
    private final SourcesArgument sources = new SourcesArgument();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "the service's name (default: the name in the sources)")
    private String name;

    @Option(
            names = "--kubernetes",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "CONTEXT",
            description = "release to the cluster of this kubeconfig context (without CONTEXT: the current one); "
                    + "default: a folder stands for the cluster, and no pods run")
    private String kubernetes;

    @Option(
            names = "--registry",
            paramLabel = "HOST/PATH",
            description = "push images to this registry, where the cluster can pull them (default: a registry on "
                    + "loopback)")
    private String registry;

    @Option(
            names = "--docker",
            description = "let Docker run the registry: .imaas-dev/compose.yaml has it, and a unit-test server")
    private boolean docker;

    @Override
    protected int run() {
        ProgressSink progress = progress();
        try (DevWorld world = DevWorld.of(sources.folder(), progress)) {
            RunResult result = world.up(new Choice(name, registry, kubernetes, docker));
            if (result.exitCode() == 0) {
                out().println("next:");
                if (docker) {
                    out().println("  docker compose -f "
                            + Pasted.of(sources.folder().resolve(".imaas-dev/compose.yaml"))
                            + " up -d");
                }
                String where = sources.folder().toString().equals(".") ? "" : " " + Pasted.of(sources.folder());
                out().println("  imaas dev run" + where);
                out().println("  export IMAAS_CONFIG=" + Pasted.of(world.config())
                        + "   # for imaas status, promote, inbox and all the others");
            }
            return result.exitCode();
        }
    }
}
