package io.imaas.cli;

import io.imaas.model.failure.Spelling.Correction;
import io.imaas.model.identity.Secret;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** Words as a shell reads them back: what we print can be pasted. */
public final class Pasted {
    private Pasted() {}

    /** One word, in quotes where it needs some. */
    public static String of(Object word) {
        String text = word.toString();
        return text.matches("[\\p{Alnum}_@%+=:,./~…-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
    }

    /** A whole command of this program. */
    static String imaas(List<String> words) {
        return "imaas " + words.stream().map(Pasted::of).collect(Collectors.joining(" "));
    }

    /**
     * The command line as it was probably meant. Empty when the wrong word is not on it, or when it has a secret, which
     * must not be printed again.
     */
    static Optional<String> corrected(CommandSpec command, List<String> arguments, Correction correction) {
        List<String> words =
                arguments.stream().map(word -> corrected(word, correction)).toList();
        return words.equals(arguments) ? Optional.empty() : meant(command, words);
    }

    /** A whole command line; empty when it has a secret. */
    static Optional<String> meant(CommandSpec command, List<String> words) {
        boolean secret = command.options().stream()
                .filter(option -> option.type() == Secret.class)
                .anyMatch(option -> words.stream().anyMatch(word -> word.startsWith(option.longestName())));
        return secret ? Optional.empty() : Optional.of(imaas(words));
    }

    /** A word is a name, an option with its value, or an option's value after '='. */
    private static String corrected(String word, Correction correction) {
        if (word.equals(correction.written())) {
            return correction.meant();
        }
        if (word.startsWith(correction.written() + "=")) {
            return correction.meant() + word.substring(correction.written().length());
        }
        return word.startsWith("-") && word.endsWith("=" + correction.written())
                ? word.substring(0, word.length() - correction.written().length()) + correction.meant()
                : word;
    }
}
