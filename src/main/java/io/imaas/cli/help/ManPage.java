package io.imaas.cli.help;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.CommandSpec;

/** A command's help as a page for man(1), in the macros of man(7); the commands below it stand on the same page. */
record ManPage(CommandLine command) {
    /** Such as {@code imaas-promote}; the program itself is {@code imaas}. */
    String name() {
        return command.getCommandSpec().qualifiedName("-");
    }

    String text(String version) {
        StringBuilder page = new StringBuilder(".TH " + name().toUpperCase(Locale.ROOT) + " 1 \"\" \"imaas "
                + line(version) + "\" \"IMaaS Orchestrator\"\n.nh\n");
        page.append(".SH NAME\n")
                .append(line(name()))
                .append(" \\- ")
                .append(line(
                        String.join(" ", command.getCommandSpec().usageMessage().description())))
                .append('\n');
        page.append(".SH HELP\n").append(asItStands(command));
        command.getSubcommands().values().stream()
                .filter(below -> !below.getSubcommands().isEmpty() || command.getParent() != null)
                .forEach(below -> page.append(".SS ")
                        .append(line(below.getCommandSpec().qualifiedName()))
                        .append('\n')
                        .append(asItStands(below)));
        return page.append(exits(command.getCommandSpec().root())).toString();
    }

    /** Help is laid out for a terminal of 80 columns already. */
    private static String asItStands(CommandLine command) {
        return ".nf\n"
                + command.getUsageMessage(Ansi.OFF).lines().map(ManPage::line).collect(Collectors.joining("\n"))
                + "\n.fi\n";
    }

    private static String exits(CommandSpec root) {
        return ".SH EXIT STATUS\n"
                + Arrays.stream(root.usageMessage().footer())
                        .filter(text -> !text.isEmpty())
                        .map(ManPage::line)
                        .collect(Collectors.joining("\n"))
                + "\n.SH SEE ALSO\n.BR imaas (1)\n";
    }

    /** What roff would read as its own is written so that it stands there. */
    private static String line(String text) {
        String plain = text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq");
        return plain.startsWith(".") ? "\\&" + plain : plain;
    }
}
