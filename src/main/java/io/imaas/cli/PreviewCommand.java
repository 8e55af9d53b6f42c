package io.imaas.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code imaas preview}: pull requests that run on trial. */
@Command(
        name = "preview",
        description = {
            "Pull requests that run on trial beside a tenant's environments. They come with the build of a pull request:",
            "'imaas deliver --as-pull-request NUMBER' does by hand what a pipeline does."
        },
        subcommands = {PreviewListCommand.class, PreviewRemoveCommand.class})
public final class PreviewCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what: list or remove");
    }
}
