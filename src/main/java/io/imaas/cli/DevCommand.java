package io.imaas.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code imaas dev}: a service's own small platform on this machine. */
@Command(
        name = "dev",
        description = {
            "Run a platform for this one service on this machine: registry, Git repositories, and a "
                    + "cluster or a folder in its",
            "place. 'run' builds, tests and releases the sources as they are, and again when they change.",
            "Everything is below .imaas-dev. With IMAAS_CONFIG=.imaas-dev/config.yaml all other commands "
                    + "use this platform."
        },
        subcommands = {DevUpCommand.class, DevRunCommand.class, DevDownCommand.class})
public final class DevCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what: up, run or down");
    }
}
