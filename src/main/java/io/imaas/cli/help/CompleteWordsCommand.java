package io.imaas.cli.help;

import io.imaas.cli.settings.Filled;
import io.imaas.cli.settings.Setting;
import io.imaas.cli.settings.Settings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code imaas complete-words}: asked by the shells' scripts at each press of the tabulator; one candidate a line. */
@Command(name = "complete-words", hidden = true, description = "Candidates for the last of these words.")
public final class CompleteWordsCommand implements Runnable {
    @Parameters(arity = "0..*")
    private List<String> words = List.of();

    private final Path usualCache;

    @Spec
    private CommandSpec spec;

    /** @param usualCache the folder where names are kept unless a setting says otherwise */
    public CompleteWordsCommand(Path usualCache) {
        this.usualCache = usualCache;
    }

    @Override
    public void run() {
        List<String> before = words.isEmpty() ? List.of() : words.subList(0, words.size() - 1);
        String word = words.isEmpty() ? "" : words.get(words.size() - 1);
        candidates(before, word).forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
    }

    private List<String> candidates(List<String> before, String word) {
        CommandLine command = named(spec.parent().commandLine(), before);
        OptionSpec option =
                before.isEmpty() ? null : command.getCommandSpec().findOption(before.get(before.size() - 1));
        Stream<String> found;
        if (option != null && option.arity().min() > 0) {
            found = values(option);
        } else if (word.startsWith("-")) {
            found = command.getCommandSpec().options().stream()
                    .filter(one -> !one.hidden())
                    .map(OptionSpec::longestName);
        } else {
            found = Stream.concat(
                    command.getSubcommands().entrySet().stream()
                            .filter(entry -> !entry.getValue()
                                    .getCommandSpec()
                                    .usageMessage()
                                    .hidden())
                            .map(Map.Entry::getKey),
                    positional(command.getCommandSpec()));
        }
        return found.filter(one -> one.startsWith(word)).distinct().sorted().toList();
    }

    /** The command that the words name, however deep; options between them are passed over. */
    private static CommandLine named(CommandLine root, List<String> words) {
        CommandLine command = root;
        for (String word : words) {
            command = command.getSubcommands().getOrDefault(word, command);
        }
        return command;
    }

    private static Stream<String> values(OptionSpec option) {
        List<String> values = new ArrayList<>();
        if (option.completionCandidates() != null) {
            option.completionCandidates().forEach(values::add);
        }
        return values.stream().map(value -> value.toLowerCase(Locale.ROOT));
    }

    /** Names where names are wanted; else what the parameter can be. */
    private Stream<String> positional(CommandSpec command) {
        return command.positionalParameters().stream().flatMap(parameter -> {
            String label = parameter.paramLabel();
            if (label.contains("SERVICE") || label.contains("ENV") || label.contains("FROM")) {
                return names().stream();
            }
            List<String> values = new ArrayList<>();
            if (parameter.completionCandidates() != null) {
                parameter.completionCandidates().forEach(values::add);
            }
            return values.stream().map(value -> value.toLowerCase(Locale.ROOT));
        });
    }

    private List<String> names() {
        Settings settings = Settings.of(spec);
        Optional<String> where = settings.find(Setting.PLATFORM)
                .or(() -> settings.find(Setting.GITOPS))
                .map(Filled::value);
        Path cache =
                settings.find(Setting.CACHE).map(Filled::value).map(Path::of).orElse(usualCache);
        return where.map(place -> KnownNames.of(cache, place).all()).orElse(List.of());
    }
}
