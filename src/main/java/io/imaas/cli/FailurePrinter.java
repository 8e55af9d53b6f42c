package io.imaas.cli;

import io.imaas.cli.settings.Filled;
import io.imaas.cli.settings.Settings;
import io.imaas.model.failure.Failure;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.failure.Spelling.Correction;
import io.imaas.report.Json;
import java.io.PrintWriter;
import java.net.ProxySelector;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/**
 * Tells a failure that reached the door: what, where and what to try on standard error, or as JSON on standard output
 * when that was asked for. The exit code is the kind's own.
 */
final class FailurePrinter implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception thrown, CommandLine line, ParseResult parsed) {
        Failure failure = thrown instanceof FailureException known ? known.failure() : defect(thrown);
        Optional<Correction> correction =
                thrown instanceof FailureException known ? known.correction() : Optional.empty();
        print(failure, correction, line, parsed);
        if (failure.kind() == FailureKind.DEFECT) {
            thrown.printStackTrace(line.getErr());
        }
        return failure.kind().exitCode();
    }

    /** One failure as every command tells it: what and where in a line, and what to try in a second one. */
    static void print(Failure failure, PrintWriter err) {
        err.println(kind(failure) + ": " + failure.finding());
        if (!failure.suggestion().isEmpty()) {
            err.println("  try: " + failure.suggestion());
        }
    }

    private static void print(Failure failure, Optional<Correction> correction, CommandLine line, ParseResult parsed) {
        ParseResult command = last(parsed);
        Object format = command.matchedOptionValue("--format", null);
        if (String.valueOf(format).equalsIgnoreCase("json")) {
            line.getOut().println(Json.pretty(Map.of("failure", failure)));
            return;
        }
        Optional<String> corrected =
                correction.flatMap(one -> Pasted.corrected(command.commandSpec(), parsed.originalArgs(), one));
        print(
                corrected
                        .map(meant -> new Failure(
                                failure.kind(), failure.what() + ": " + failure.suggestion(), failure.where(), meant))
                        .orElse(failure),
                line.getErr());
        if (failure.kind() == FailureKind.INPUT || failure.kind() == FailureKind.EXTERNAL) {
            if (failure.kind() == FailureKind.EXTERNAL) {
                through(line.getErr());
            }
            filled(line, command).forEach(one -> line.getErr().println("  filled in: " + one.sentence()));
        }
    }

    private static void through(PrintWriter err) {
        if (ProxySelector.getDefault() instanceof EnvironmentProxies proxies) {
            proxies.told().forEach(line -> err.println("  note: " + line));
        }
    }

    private static ParseResult last(ParseResult parsed) {
        return parsed.hasSubcommand() ? last(parsed.subcommand()) : parsed;
    }

    /** What the command took from somewhere else than its line: it may be what is wrong. */
    private static List<Filled> filled(CommandLine line, ParseResult command) {
        // A command that runs by itself has nothing filled in.
        Settings settings = Settings.of(line.getCommandSpec());
        return settings == null
                ? List.of()
                : settings.filled().stream()
                        .filter(one -> one.origin() != Filled.Origin.VARIABLE
                                && one.setting().namesWorld())
                        .filter(one -> command.commandSpec()
                                                .findOption("--" + one.setting().key())
                                        != null
                                && !command.hasMatchedOption(
                                        "--" + one.setting().key()))
                        .toList();
    }

    private static String kind(Failure failure) {
        return failure.kind().name().toLowerCase(Locale.ROOT);
    }

    private static Failure defect(Exception thrown) {
        return new Failure(
                FailureKind.DEFECT, thrown.toString(), "", "this is a defect of the orchestrator: please report it");
    }
}
