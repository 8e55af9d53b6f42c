package io.imaas.cli;

import io.imaas.model.failure.FailureException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code imaas apply}: carries a saved plan out. */
@Command(
        name = "apply",
        description = {
            "Carry out a plan that was saved with --save. The plan is made again and every gate is asked "
                    + "again. It is refused if the request,",
            "the platform's files or the services' state in the environments have changed since."
        },
        footer = {"", "Exit codes: those of the saved command; 7 something has changed since."})
public final class ApplyCommand extends CliCommand {
    @Parameters(paramLabel = "FILE", description = "the file that --save wrote")
    private Path file;

    @Override
    protected int run() {
        SavedPlan saved = SavedPlan.read(file);
        CommandLine line = Main.commandLine(settings());
        CommandLine command = line.getSubcommands().get(saved.command().get(0));
        if (command == null || command.getCommandSpec().findOption("--save") == null) {
            throw FailureException.input(
                    "a plan of 'imaas " + saved.command().get(0) + "' can't be carried out", file.toString(), "");
        }
        line.setOut(out());
        line.setErr(err());
        line.getErr().println(Pasted.imaas(saved.command()));
        List<String> words = new ArrayList<>(saved.command());
        words.add("--expect=" + saved.basis());
        return line.execute(words.toArray(String[]::new));
    }
}
