package io.imaas.cli.help;

import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.Reason;
import io.imaas.report.ToolVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaas man}: the help of commands as manual pages. */
@Command(
        name = "man",
        description = {
            "Print the manual page of a command, or write those of all commands to a folder.",
            "After imaas man --to ~/.local/share/man/man1 there is man imaas-promote."
        })
public final class ManCommand implements Runnable {
    @Parameters(arity = "0..1", paramLabel = "COMMAND", description = "the command (default: imaas itself)")
    private String command = "";

    @Option(names = "--to", paramLabel = "DIR", description = "write the pages of all commands to this folder")
    private Path folder;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        CommandLine imaas = spec.parent().commandLine();
        if (folder == null) {
            print(new ManPage(command.isEmpty() ? imaas : named(imaas)).text(ToolVersion.current()));
            return;
        }
        List<ManPage> pages = Stream.concat(
                        Stream.of(imaas),
                        imaas.getSubcommands().values().stream()
                                .filter(one ->
                                        !one.getCommandSpec().usageMessage().hidden()))
                .map(ManPage::new)
                .toList();
        try {
            Files.createDirectories(folder);
            for (ManPage page : pages) {
                Files.writeString(folder.resolve(page.name() + ".1"), page.text(ToolVersion.current()));
            }
        } catch (IOException e) {
            throw FailureException.input(
                    "the pages can't be written: " + Reason.of(e),
                    folder.toString(),
                    "choose another folder with --to");
        }
        print(pages.size() + " pages in " + folder + "\n");
    }

    private CommandLine named(CommandLine imaas) {
        CommandLine found = imaas.getSubcommands().get(command);
        if (found == null) {
            throw FailureException.unknown(
                    "there is no command '" + command + "'",
                    "",
                    command,
                    Help.groupsOf(imaas).values().stream().flatMap(List::stream).toList());
        }
        return found;
    }

    private void print(String text) {
        spec.commandLine().getOut().print(text);
        spec.commandLine().getOut().flush();
    }
}
