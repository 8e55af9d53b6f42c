package io.imaas.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/**
 * Among the names of services and environments what can't be one: versions, digests and images ({@code rollback api 1.2.0}),
 * and the small words of a sentence ({@code promote api from dev to test}).
 *
 * @param line all words of the command line
 */
record StrayWords(CommandSpec command, List<String> line) {
    private static final Pattern RELEASE = Pattern.compile("v?\\d+(\\.\\d+)+([-+].*)?|sha256:\\p{XDigit}+");
    private static final Set<String> OF_SENTENCES = Set.of("from", "to", "in", "into");
    private static final Pattern IMAGE = Pattern.compile("[^/@]+/\\S+[:@]\\S+");

    /** @throws ParameterException when there is one */
    void check() {
        if (!found().isEmpty()) {
            throw new ParameterException(command.commandLine(), told());
        }
    }

    /** What is wrong with the first of them; empty when there is none. */
    String told() {
        return found().stream().findFirst().map(this::told).orElse("");
    }

    private String told(String word) {
        return OF_SENTENCES.contains(word)
                ? "'" + word + "' is not needed: the names follow each other"
                : "'" + word + "' is a release"
                        + option(word)
                                .map(option -> ": " + option.longestName() + " names it")
                                .orElse(", and '" + command.name() + "' asks for none");
    }

    /** The whole command with each of them behind its option, or without it; empty when there is none. */
    Optional<String> corrected() {
        List<String> stray = found();
        List<String> words = new ArrayList<>(line);
        words.removeAll(stray);
        stray.forEach(word -> option(word)
                .filter(one -> !line.contains(one.longestName()))
                .ifPresent(one -> {
                    words.add(one.longestName());
                    words.add(word);
                }));
        return stray.isEmpty() ? Optional.empty() : Pasted.meant(command, words);
    }

    /** Those of the line, in its order. */
    List<String> found() {
        boolean names = command.positionalParameters().stream()
                .anyMatch(one -> one.paramLabel().contains("SERVICE"));
        return IntStream.range(0, names ? line.size() : 0)
                .filter(i -> i == 0 || !takesValue(line.get(i - 1)))
                .mapToObj(line::get)
                .filter(word -> RELEASE.matcher(word).matches()
                        || OF_SENTENCES.contains(word)
                        || option(word).isPresent())
                .toList();
    }

    private boolean takesValue(String word) {
        // Options of the program itself, such as --server, may stand before the command.
        return word.startsWith("-")
                && Stream.iterate(command, Objects::nonNull, CommandSpec::parent)
                        .map(one -> one.findOption(word))
                        .anyMatch(option -> option != null && option.arity().max() > 0);
    }

    /** The option that takes it. */
    private Optional<OptionSpec> option(String word) {
        String label =
                IMAGE.matcher(word).matches() ? "IMAGE" : RELEASE.matcher(word).matches() ? "VERSION" : "none";
        return command.options().stream()
                .filter(one -> List.of(one.paramLabel().split("\\|")).contains(label))
                .findFirst();
    }
}
