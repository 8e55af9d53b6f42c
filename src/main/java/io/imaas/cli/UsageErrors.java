package io.imaas.cli;

import io.imaas.cli.help.Help;
import io.imaas.cli.settings.Filled;
import io.imaas.cli.settings.Settings;
import io.imaas.model.failure.Spelling;
import io.imaas.model.failure.Spelling.Correction;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells what is wrong with a command line in one line, the command that was probably meant, and where help is. */
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
        Optional<Correction> meant = noCommand ? near(first, words(root, first)) : meant(thrown);
        StrayWords stray =
                new StrayWords(thrown.getCommandLine().getCommandSpec(), noCommand ? List.of() : List.of(arguments));
        String what = noCommand ? "there is no command '" + first + "'" : what(thrown);
        err.println("command line: " + (stray.told().isEmpty() ? what : stray.told())
                + meant.map(one -> ": did you mean " + one.meant() + "?").orElse(""));
        filled(thrown).forEach(one -> err.println("  filled in: " + one.sentence()));
        example(thrown, line)
                .filter(example -> stray.told().isEmpty())
                .filter(example -> !("imaas " + String.join(" ", arguments) + " ").startsWith(example + " "))
                .ifPresent(example -> err.println("  for example: " + example));
        stray.corrected()
                .or(() -> meant.flatMap(
                        one -> Pasted.corrected(thrown.getCommandLine().getCommandSpec(), List.of(arguments), one)))
                .or(() -> noCommand ? Optional.empty() : withoutSurplus(thrown, List.of(arguments)))
                .ifPresent(corrected -> err.println("  try: " + corrected));
        err.println("  help: " + line.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return line.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** A whole command line, where something is missing from this one. */
    private static Optional<String> example(ParameterException thrown, CommandLine line) {
        boolean whole = thrown instanceof MissingParameterException
                || (thrown.getArgSpec() == null && !unmatched(thrown).startsWith("-"));
        return whole
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
        String unmatched = unmatched(thrown);
        if (!unmatched.isEmpty()) {
            CommandSpec command = thrown.getCommandLine().getCommandSpec();
            if (unmatched.startsWith("-")) {
                return "there is no option '" + name(unmatched) + "'" + elsewhere(command, name(unmatched));
            }
            return takesWords(command)
                    ? "'" + unmatched + "' is one argument too many"
                    : "there is no command '" + command.name() + " " + unmatched + "'";
        }
        return PAIR.matcher(thrown.getMessage().lines().findFirst().orElse("it is not complete"))
                .replaceFirst("'$3' is not $2, which $1 takes")
                .replace("is not an int", "is not a whole number");
    }

    /** A word that it does not take is one too many, and not a command that there is not. */
    private static boolean takesWords(CommandSpec command) {
        return command.subcommands().isEmpty()
                || !command.positionalParameters().isEmpty();
    }

    /** Where a reason can be given, the words too many may be one without its option: leaving them out would lose it. */
    private static Optional<String> withoutSurplus(ParameterException thrown, List<String> arguments) {
        CommandSpec command = thrown.getCommandLine().getCommandSpec();
        if (!(thrown instanceof UnmatchedArgumentException known)
                || known.getUnmatched().stream().anyMatch(word -> word.startsWith("-"))
                || !takesWords(command)
                || command.findOption("--reason") != null) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>(arguments);
        known.getUnmatched().forEach(word -> words.remove(words.lastIndexOf(word)));
        return Pasted.meant(command, words);
    }

    private static List<String> values(ArgSpec argument) {
        List<String> values = new ArrayList<>();
        for (Object constant : argument.type().getEnumConstants()) {
            values.add(constant.toString().toLowerCase(Locale.ROOT));
        }
        return values;
    }

    /** Where an option belongs that this command does not have, though the whole program does; or what it has instead. */
    private static String elsewhere(CommandSpec command, String option) {
        String name = option.replaceFirst("^-+", "").toUpperCase(Locale.ROOT);
        boolean positional = command.positionalParameters().stream()
                .anyMatch(one -> List.of(one.paramLabel().split("\\W+")).contains(name));
        if (positional) {
            return " here: " + name + " is named without one, " + Pasted.imaas(List.of(command.name(), name));
        }
        return command.root().findOption(option) == null
                ? ""
                : " here: it stands before the command, imaas " + option + " … " + command.name();
    }

    private static String unmatched(ParameterException thrown) {
        return thrown instanceof UnmatchedArgumentException known
                        && !known.getUnmatched().isEmpty()
                ? known.getUnmatched().get(0)
                : "";
    }

    private static String name(String option) {
        return option.replaceFirst("=.*", "");
    }

    /** The option, command or value that was probably meant; empty when nothing is near. */
    private static Optional<Correction> meant(ParameterException thrown) {
        String unmatched = unmatched(thrown);
        if (!unmatched.isEmpty()) {
            return near(name(unmatched), words(thrown.getCommandLine(), unmatched));
        }
        ArgSpec argument = thrown.getArgSpec();
        if (argument == null || thrown.getValue() == null || !argument.type().isEnum()) {
            return Optional.empty();
        }
        return near(thrown.getValue(), values(argument));
    }

    private static Optional<Correction> near(String written, Collection<String> known) {
        return Spelling.nearest(written, known)
                .or(() -> only(known, word -> word.startsWith(written)))
                // Other programs call it --username, and --project-dir.
                .or(() -> only(known, word -> word.length() > "--to".length() && written.startsWith(word)))
                .map(meant -> new Correction(written, meant));
    }

    private static Optional<String> only(Collection<String> known, Predicate<String> like) {
        List<String> found = known.stream().filter(like).toList();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
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
