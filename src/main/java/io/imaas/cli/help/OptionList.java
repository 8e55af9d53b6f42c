package io.imaas.cli.help;

import java.lang.reflect.Member;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;

/** A command's options as help shows them: its own first, then those that many commands share, under their headings. */
final class OptionList {
    /** Longer than this, in characters, the usage line says {@code [OPTIONS]}. */
    private static final int LONGEST_USAGE = 160;

    private OptionList() {}

    static String options(CommandLine.Help help) {
        Map<String, List<OptionSpec>> groups = new LinkedHashMap<>();
        groups.put("", new ArrayList<>());
        for (OptionSpec option : help.commandSpec().options()) {
            groups.computeIfAbsent(headingOf(option), heading -> new ArrayList<>())
                    .add(option);
        }
        return UnbrokenHelp.plain(groups.entrySet().stream()
                .map(group -> (group.getKey().isEmpty() ? "" : "\n" + group.getKey() + ":\n")
                        + help.optionListExcludingGroups(group.getValue()))
                .collect(Collectors.joining()));
    }

    private static String headingOf(OptionSpec option) {
        HelpHeading heading = option.userObject() instanceof Member member
                ? member.getDeclaringClass().getAnnotation(HelpHeading.class)
                : null;
        return heading == null ? "" : heading.value();
    }

    /** The usage line: all options where they are few; else those that must be given, and {@code [OPTIONS]}. */
    static String synopsis(CommandLine.Help help) {
        String whole = help.synopsis(help.synopsisHeadingLength());
        if (whole.length() <= LONGEST_USAGE) {
            return whole;
        }
        return wrapped(
                help.abbreviatedSynopsis().replace("[OPTIONS]", "[OPTIONS]" + demanded(help)),
                help.synopsisHeadingLength(),
                help.commandSpec().usageMessage().width());
    }

    static String description(CommandLine.Help help) {
        return Arrays.stream(help.commandSpec().usageMessage().description())
                .map(text -> wrapped(text, 0, help.commandSpec().usageMessage().width()))
                .collect(Collectors.joining());
    }

    private static String demanded(CommandLine.Help help) {
        return help.commandSpec().requiredArgs().stream()
                .filter(ArgSpec::isOption)
                .map(OptionSpec.class::cast)
                .map(option -> " " + option.longestName() + "=" + option.paramLabel())
                .collect(Collectors.joining());
    }

    /** @param used how much of the first line is taken already, in characters */
    private static String wrapped(String words, int used, int width) {
        StringBuilder text = new StringBuilder();
        int column = used;
        for (String word : words.strip().split(" ")) {
            if (column + word.length() > width) {
                text.setLength(text.toString().stripTrailing().length());
                text.append("\n").append(" ".repeat(used));
                column = used;
            }
            text.append(word).append(' ');
            column += word.length() + 1;
        }
        return text.toString().stripTrailing() + "\n";
    }
}
