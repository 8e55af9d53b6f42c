package io.imaas.cli;

import io.imaas.cli.remote.Remote;
import io.imaas.cli.settings.Settings;
import io.imaas.model.failure.FailureException;
import picocli.CommandLine;
import picocli.CommandLine.ExecutionException;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/** Runs a command only when the files that would fill in its options are sound; help is given in any case. */
record CheckedSettings(Settings settings) implements IExecutionStrategy {
    @Override
    public int execute(ParseResult parsed) {
        ParseResult last = parsed;
        boolean help = parsed.isUsageHelpRequested() || parsed.isVersionHelpRequested();
        while (last.hasSubcommand()) {
            last = last.subcommand();
            help |= last.isUsageHelpRequested();
        }
        CommandLine command = last.commandSpec().commandLine();
        if (!help && Settings.concern(command.getCommandSpec())) {
            try {
                settings.orThrow();
            } catch (FailureException e) {
                throw new ExecutionException(command, e.failure().what(), e);
            }
        }
        String server = parsed.matchedOptionValue("--server", "");
        if (!help && !server.isEmpty() && parsed.hasSubcommand()) {
            return atServer(server, last);
        }
        return new RunLast().execute(parsed);
    }

    private int atServer(String server, ParseResult last) {
        try {
            return new Remote(server, settings.environment(), settings.clock(), last).run();
        } catch (FailureException e) {
            throw new ExecutionException(
                    last.commandSpec().commandLine(), e.failure().what(), e);
        }
    }
}
