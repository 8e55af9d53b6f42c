package io.imaas.cli.help;

import io.imaas.report.Resource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Gives every command its examples, and the list of commands its groups. */
public final class Help {
    private static final int NAME = 14;

    /** Of a line that a terminal of 80 columns shows whole, with a backslash at its end. */
    private static final int WIDTH = 76;

    /** What people want to do, and the commands for it. */
    private static final Map<String, List<String>> GROUPS = groups();

    private Help() {}

    private static Map<String, List<String>> groups() {
        Map<String, List<String>> groups = new LinkedHashMap<>();
        groups.put("Get started", List.of("demo", "init", "use", "login", "logout", "doctor", "completion", "man"));
        groups.put(
                "Work on a service", List.of("dev", "inspect", "lint", "build", "test", "image", "deliver", "preview"));
        groups.put("See what runs", List.of("status", "inbox", "history", "diff", "open", "wait", "evidence"));
        groups.put(
                "Release and promote",
                List.of("release", "promote", "approve", "rollout", "rollback", "resume", "review", "apply"));
        groups.put(
                "Run the platform",
                List.of("validate", "adopt", "onboard", "audit", "watch", "serve", "key", "registry"));
        return groups;
    }

    /** The groups by their title; a command that is in none of them stands under "More". */
    public static Map<String, List<String>> groupsOf(CommandLine line) {
        List<String> left = new ArrayList<>(line.getSubcommands().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList());
        Map<String, List<String>> all = new LinkedHashMap<>();
        GROUPS.forEach((title, names) -> {
            all.put(title, names.stream().filter(left::contains).toList());
            left.removeAll(names);
        });
        if (!left.isEmpty()) {
            all.put("More", left);
        }
        return all;
    }

    /** Examples by the command's name. */
    public static Map<String, List<String>> examples() {
        Map<String, List<String>> examples = new LinkedHashMap<>();
        Resource.text("/cli/examples.txt")
                .lines()
                .filter(line -> line.startsWith("imaas "))
                .forEach(line -> examples.computeIfAbsent(line.split(" ")[1], name -> new ArrayList<>())
                        .add(line));
        return examples;
    }

    public static void install(CommandLine line) {
        line.setHelpFactory(UnbrokenHelp::new);
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST, help -> commands(line));
        line.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_COMMAND_LIST_HEADING, help -> "");
        line.getCommandSpec().usageMessage().synopsisSubcommandLabel("COMMAND");
        line.getSubcommands().values().forEach(Help::layOut);
        examples().forEach((name, lines) -> {
            CommandLine command = line.getSubcommands().get(name);
            if (command != null) {
                addTo(command.getCommandSpec(), lines);
            }
        });
    }

    /** Options stand under headings, and sentences that were broken for the source file flow, as wide as the terminal is. */
    private static void layOut(CommandLine command) {
        command.getSubcommands().values().forEach(Help::layOut);
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_OPTION_LIST, OptionList::options);
        command.getHelpSectionMap()
                .put(UsageMessageSpec.SECTION_KEY_PARAMETER_LIST, help -> UnbrokenHelp.plain(help.parameterList()));
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_DESCRIPTION, OptionList::description);
        command.getHelpSectionMap().put(UsageMessageSpec.SECTION_KEY_SYNOPSIS, OptionList::synopsis);
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.description(flowing(usage.description()));
    }

    /** Each line goes on with the next one, unless a sentence ends with it. */
    static String[] flowing(String... texts) {
        List<String> paragraphs = new ArrayList<>();
        for (String text : texts) {
            int last = paragraphs.size() - 1;
            if (last >= 0 && !paragraphs.get(last).endsWith(".")) {
                paragraphs.set(last, paragraphs.get(last) + " " + text);
            } else {
                paragraphs.add(text);
            }
        }
        return paragraphs.toArray(String[]::new);
    }

    private static void addTo(CommandSpec spec, List<String> examples) {
        List<String> footer = new ArrayList<>(Arrays.asList(spec.usageMessage().footer()));
        footer.add("");
        footer.add("Examples:");
        // A percent sign or an @| would be read as markup.
        examples.forEach(example -> footer.addAll(pasteable(example.replace("%", "%%"))));
        spec.usageMessage().footer(footer.toArray(String[]::new));
    }

    /** A long command goes on after a backslash, so that the lines of a narrow terminal can still be pasted. */
    private static List<String> pasteable(String example) {
        List<String> lines = new ArrayList<>();
        String line = " ";
        for (String part : example.split(" (?=-)")) {
            if (line.length() + part.length() > WIDTH) {
                lines.add(line + " \\");
                line = "     ";
            }
            line += " " + part;
        }
        lines.add(line);
        return lines;
    }

    private static String commands(CommandLine line) {
        StringBuilder text = new StringBuilder();
        groupsOf(line).forEach((title, names) -> {
            TextTable table = TextTable.forColumns(
                    line.getHelp().colorScheme(),
                    new Column(NAME, 2, Overflow.SPAN),
                    new Column(line.getUsageHelpWidth() - NAME, 1, Overflow.WRAP));
            names.forEach(name ->
                    table.addRowValues(name, firstLine(line.getSubcommands().get(name))));
            text.append("\n").append(title).append(":\n").append(table);
        });
        return text.toString();
    }

    private static String firstLine(CommandLine command) {
        String[] description = command.getCommandSpec().usageMessage().description();
        return description.length == 0 ? "" : description[0].replaceFirst("(?s)([.:]) .*", ".");
    }
}
