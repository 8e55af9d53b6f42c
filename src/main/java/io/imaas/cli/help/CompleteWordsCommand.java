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
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code imaas complete-words}: asked by the shells' scripts at each press of the tabulator; one candidate a line, or
 * {@code :files} or {@code :dirs} where the shell itself knows them.
 */
@Command(name = "complete-words", hidden = true, description = "Candidates for the last of these words.")
public final class CompleteWordsCommand implements Runnable {
    private static final Set<String> RELEASES = Set.of("DIGEST|VERSION", "VERSION|DIGEST", "VERSION");

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
        // bash takes "--tenant=orders" for three words.
        List<String> all = words.stream().filter(one -> !one.equals("=")).toList();
        boolean begun = !words.isEmpty() && !words.get(words.size() - 1).equals("=") && !all.isEmpty();
        List<String> before = begun ? all.subList(0, all.size() - 1) : all;
        candidates(TypedLine.of(spec.parent().commandLine(), before), begun ? all.get(all.size() - 1) : "")
                .forEach(spec.commandLine().getOut()::println);
        spec.commandLine().getOut().flush();
    }

    private List<String> candidates(TypedLine line, String word) {
        if (line.open() != null) {
            return beginning(word, values(line.open(), line));
        }
        if (!word.startsWith("-")) {
            List<String> below = line.given().isEmpty() ? commands(line) : List.of();
            return Stream.concat(beginning(word, below).stream(), positional(line, word).stream())
                    .toList();
        }
        int equals = word.indexOf('=');
        if (equals < 0) {
            return beginning(
                    word,
                    line.command().getCommandSpec().options().stream()
                            .filter(one -> !one.hidden())
                            .map(OptionSpec::longestName)
                            .sorted()
                            .toList());
        }
        OptionSpec option = line.command().getCommandSpec().findOption(word.substring(0, equals));
        return option == null
                ? List.of()
                : beginning(word.substring(equals + 1), values(option, line)).stream()
                        .map(value -> value.startsWith(":") ? value : word.substring(0, equals + 1) + value)
                        .toList();
    }

    private static List<String> beginning(String word, List<String> known) {
        return known.stream()
                .filter(one -> one.startsWith(word) || one.startsWith(":"))
                .distinct()
                .toList();
    }

    private static List<String> commands(TypedLine line) {
        return line.command().getSubcommands().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    /** What may stand at this place; a service first, and an environment where what was typed begins no service. */
    private List<String> positional(TypedLine line, String word) {
        Optional<PositionalParamSpec> here = line.command().getCommandSpec().positionalParameters().stream()
                .filter(one -> one.index().contains(line.given().size()))
                .findFirst();
        String label = here.map(PositionalParamSpec::paramLabel).orElse("");
        if (!label.contains("SERVICE") || !label.matches(".*\\b(ENV|FROM)\\b.*")) {
            return here.map(one -> beginning(word, values(one, line))).orElse(List.of());
        }
        NamesInScope names = names(line);
        List<String> path = names.environments();
        List<String> chosen = line.given().stream().filter(path::contains).toList();
        boolean two = label.contains("FROM TO") || label.contains("NEWER OLDER");
        if (chosen.size() >= (two ? 2 : 1)) {
            return List.of();
        }
        List<String> services =
                chosen.isEmpty() && (label.contains("...") || line.given().isEmpty())
                        ? names.services().stream()
                                .filter(one -> !line.given().contains(one))
                                .toList()
                        : List.of();
        List<String> environments = chosen.isEmpty()
                ? path
                : label.contains("FROM TO")
                        ? path.subList(path.indexOf(chosen.get(0)) + 1, path.size())
                        : path.stream().filter(one -> !chosen.contains(one)).toList();
        boolean serviceFirst =
                line.given().isEmpty() && Settings.of(spec).service().isEmpty();
        List<String> first = beginning(word, serviceFirst ? services : environments);
        return first.isEmpty() ? beginning(word, serviceFirst ? environments : services) : first;
    }

    /** What an option or a parameter can be. */
    private List<String> values(ArgSpec argument, TypedLine line) {
        String label = argument.paramLabel();
        if (label.startsWith("TENANT")) {
            return names(line).tenants();
        }
        if (label.startsWith("SERVICE")) {
            return names(line).services();
        }
        if (label.startsWith("ENV")) {
            return names(line).environments();
        }
        if (RELEASES.contains(label)) {
            return names(line).releases();
        }
        if (label.equals("PROFILE")) {
            return List.copyOf(Settings.of(spec).profiles().byName().keySet());
        }
        if (label.contains("FILE") || label.contains("DIR") || label.equals("REPOSITORY")) {
            return List.of(label.contains("FILE") ? ":files" : ":dirs");
        }
        List<String> values = new ArrayList<>();
        if (argument.completionCandidates() != null) {
            argument.completionCandidates().forEach(values::add);
        }
        return values.stream()
                .map(value -> value.toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
    }

    private NamesInScope names(TypedLine line) {
        Path cache = setting(line, Setting.CACHE).map(Path::of).orElse(usualCache);
        return setting(line, Setting.PLATFORM)
                .or(() -> setting(line, Setting.GITOPS))
                .map(place -> NamesInScope.of(
                        KnownNames.of(cache, place).all(),
                        setting(line, Setting.TENANT).orElse(""),
                        line.given()))
                .orElse(NamesInScope.NONE);
    }

    /** As the line says, or else as it would be filled in. */
    private Optional<String> setting(TypedLine line, Setting setting) {
        return Optional.ofNullable(line.values().get("--" + setting.key()))
                .or(() -> Settings.of(spec).find(setting).map(Filled::value));
    }
}
