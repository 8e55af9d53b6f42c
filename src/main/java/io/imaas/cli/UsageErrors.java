package io.imaas.cli;

import io.imaas.cli.help.Help;
import io.imaas.cli.settings.Filled;
import io.imaas.cli.settings.Settings;
import io.imaas.model.failure.Spelling;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command line in one line, what was probably meant, and where help is. */
final class UsageErrors implements IParameterExceptionHandler {
    /** What picocli says of a value that should be a pair. */
    private static final Pattern PAIR =
            Pattern.compile("Value for option option '(\\S+)' \\((\\S+)\\) should be in KEY=VALUE format but was (.*)");

    @Override
    public int handleParseException(ParameterException thrown, String[] arguments) {
        CommandLine root = thrown.getCommandLine().getCommandSpec().root().commandLine();
        String first = arguments.length == 0 ? "" : arguments[0];
        // Words behind a command that is none may be commands: "promte api dev test" is not about dev.
        boolean noCommand = !first.isEmpty()
                && !first.startsWith("-")
                && !root.getSubcommands().containsKey(first);
        CommandLine line = noCommand ? root : thrown.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("command line: " + (noCommand ? "there is no command '" + first + "'" : what(thrown)));
        String meant = noCommand ? Spelling.nearest(first, words(root, first)).orElse("") : meant(thrown);
        if (!meant.isEmpty()) {
            err.println("  did you mean " + meant + "?");
        }
        filled(thrown).forEach(one -> err.println("  filled in: " + one.sentence()));
        example(thrown, line).ifPresent(example -> err.println("  for example: " + example));
        err.println("  try: " + line.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** A whole command line, where something is missing from this one. */
    private static Optional<String> example(ParameterException thrown, CommandLine line) {
        return thrown instanceof MissingParameterException
                ? Help.examples().getOrDefault(line.getCommandName(), List.of()).stream()
                        .findFirst()
                : Optional.empty();
    }

    /** What is wrong, in one line; a value that is none of a few is told with those. */
    private static String what(ParameterException thrown) {
        ArgSpec argument = thrown.getArgSpec();
        if (argument != null && thrown.getValue() != null && argument.type().isEnum()) {
            String name =
                    argument instanceof OptionSpec option ? " a value of " + option.longestName() : " one of these";
            return "'" + thrown.getValue() + "' is not" + name + ": " + String.join(", ", values(argument));
        }
        return PAIR.matcher(thrown.getMessage().lines().findFirst().orElse("it is not complete"))
                .replaceFirst("'$3' is not $2, which $1 takes")
                .replace("is not an int", "is not a whole number");
    }

    private static List<String> values(ArgSpec argument) {
        List<String> values = new ArrayList<>();
        for (Object constant : argument.type().getEnumConstants()) {
            values.add(constant.toString().toLowerCase(Locale.ROOT));
        }
        return values;
    }

    /** The option, command or value that was probably meant; empty when nothing is near. */
    private static String meant(ParameterException thrown) {
        if (thrown instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String written = unmatched.getUnmatched().get(0).replaceFirst("=.*", "");
            return Spelling.nearest(written, words(thrown.getCommandLine(), written))
                    .orElse("");
        }
        ArgSpec argument = thrown.getArgSpec();
        if (argument == null || thrown.getValue() == null || !argument.type().isEnum()) {
            return "";
        }
        return Spelling.nearest(thrown.getValue(), values(argument)).orElse("");
    }

    private static Collection<String> words(CommandLine line, String written) {
        if (!written.startsWith("-")) {
            return line.getSubcommands().entrySet().stream()
                    .filter(entry ->
                            !entry.getValue().getCommandSpec().usageMessage().hidden())
                    .map(Map.Entry::getKey)
                    .toList();
        }
        return line.getCommandSpec().options().stream()
                .map(OptionSpec::longestName)
                .toList();
    }

    /** Where a wrong value is from when it does not stand on the command line. */
    private static List<Filled> filled(ParameterException thrown) {
        if (!(thrown.getArgSpec() instanceof OptionSpec option) || thrown.getValue() == null) {
            return List.of();
        }
        return Settings.of(thrown.getCommandLine().getCommandSpec()).filled().stream()
                .filter(one -> option.longestName().equals("--" + one.setting().key())
                        && thrown.getValue().equals(one.value()))
                .toList();
    }
}
