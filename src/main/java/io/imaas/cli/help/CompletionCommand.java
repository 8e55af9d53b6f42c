package io.imaas.cli.help;

import io.imaas.report.Resource;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaas completion}: what a shell loads to complete commands, options, services and environments. */
@Command(
        name = "completion",
        description = {
            "Print the script that a shell loads to complete commands, options, services and " + "environments.",
            "bash: source <(imaas completion bash)   zsh: source <(imaas completion zsh)   fish: imaas completion fish | source"
        })
public final class CompletionCommand implements Runnable {
    enum Shell {
        BASH,
        ZSH,
        FISH
    }

    @Parameters(paramLabel = "bash|zsh|fish", description = "the shell")
    private Shell shell;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine()
                .getOut()
                .print(Resource.text("/cli/imaas." + shell.name().toLowerCase(Locale.ROOT)));
        spec.commandLine().getOut().flush();
    }
}
