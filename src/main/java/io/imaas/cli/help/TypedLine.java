package io.imaas.cli.help;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/**
 * The words of a line that is not complete yet.
 *
 * @param command which they name, however deep
 * @param given what stands at its places
 * @param values of its options, by the option's name
 * @param open the option whose value comes next; null: none
 */
record TypedLine(CommandLine command, List<String> given, Map<String, String> values, OptionSpec open) {
    static TypedLine of(CommandLine root, List<String> words) {
        CommandLine command = root;
        List<String> given = new ArrayList<>();
        Map<String, String> values = new HashMap<>();
        OptionSpec open = null;
        for (String word : words) {
            if (open != null) {
                values.put(open.longestName(), word);
                open = null;
            } else if (word.startsWith("-")) {
                String[] parts = word.split("=", 2);
                OptionSpec option = command.getCommandSpec().findOption(parts[0]);
                if (option != null && parts.length == 2) {
                    values.put(option.longestName(), parts[1]);
                } else if (option != null && option.arity().min() > 0) {
                    open = option;
                }
            } else if (given.isEmpty() && command.getSubcommands().containsKey(word)) {
                command = command.getSubcommands().get(word);
            } else {
                given.add(word);
            }
        }
        return new TypedLine(command, given, values, open);
    }
}
