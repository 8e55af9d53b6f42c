package io.imaas.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.imaas.cli.help.Help;
import io.imaas.cli.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

class HelpTest {
    private static final Path REFERENCE = Path.of("docs/commands.md");
    private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

    @TempDir
    Path folder;

    private final CommandLine line = Main.commandLine(Settings.of(Map.of(), Path.of("nowhere"), Path.of("nowhere")));

    @Test
    void everyCommandIsInAGroupAndHasThreeExamplesThatItUnderstands() {
        assertThat(Help.groupsOf(line)).doesNotContainKey("More");
        Help.examples().values().stream().flatMap(List::stream).forEach(example -> assertThatCode(
                        () -> line.parseArgs(words(example.substring("imaas ".length()))))
                .as(example)
                .doesNotThrowAnyException());
        assertThat(commands()).allSatisfy(name -> assertThat(Help.examples().getOrDefault(name, List.of()))
                .as(name)
                .hasSizeGreaterThanOrEqualTo(3));
    }

    @Test
    void helpFitsAnEightyColumnTerminal() {
        commands().forEach(name -> {
            CommandLine command = line.getSubcommands().get(name);
            fits(name, command);
            command.getSubcommands().forEach(HelpTest::fits);
        });
        assertThat(line.getUsageMessage(Ansi.OFF).lines()).allMatch(text -> text.length() <= 80);
        assertThat(line.getUsageMessage(Ansi.OFF)).contains("See what runs:\n", "Release and promote:\n");
    }

    private static void fits(String name, CommandLine command) {
        Set<String> shown =
                new TreeSet<>(List.of(command.getUsageMessage(Ansi.OFF).split("\\s+")));
        Stream.concat(
                        Stream.of(command.getCommandSpec().usageMessage().description()),
                        Stream.concat(
                                        command.getCommandSpec().options().stream(),
                                        command.getCommandSpec().positionalParameters().stream())
                                .flatMap(one -> Stream.of(one.description())))
                .flatMap(text -> Stream.of(text.strip().split("\\s+")))
                .filter(word -> word.length() < 40)
                .forEach(word -> assertThat(shown).as(name).contains(word));
        assertThat(command.getUsageMessage(Ansi.OFF).lines()).as(name).allMatch(text -> text.length() <= 80);
    }

    @Test
    void whatWasMeantIsSaidForCommandsOptionsAndValues() {
        assertThat(CommandLineRun.of("promte", "api", "dev", "test").err()).contains("did you mean promote?");
        assertThat(CommandLineRun.of("status", "--tennant", "x").err()).contains("did you mean --tenant?");
        assertThat(CommandLineRun.of("status", "-o", "jsn").err()).contains("did you mean json?");
        assertThat(CommandLineRun.of("status", "--tennant").err().lines().count())
                .isLessThanOrEqualTo(3);
    }

    @Test
    void anOptionIsWrittenAlikeInEveryCommand() {
        Map<String, Set<String>> values = new TreeMap<>();
        line.getSubcommands().values().stream()
                .flatMap(command -> Stream.concat(Stream.of(command), command.getSubcommands().values().stream()))
                .flatMap(command -> command.getCommandSpec().options().stream())
                .forEach(option -> {
                    assertThat(String.join(" ", option.description()))
                            .as(option.longestName())
                            .doesNotContain("  ", "may be repeated", "may be given");
                    values.computeIfAbsent(option.longestName(), name -> new TreeSet<>())
                            .add(option.paramLabel());
                });
        // These are different things in different commands.
        List.of("--format", "--to", "--as", "--output", "--service").forEach(values::remove);

        assertThat(values)
                .allSatisfy((name, labels) -> assertThat(labels).as(name).hasSize(1));
    }

    @Test
    void aShellCompletesCommandsOptionsValuesAndNames() {
        CommandLineRun.bareRepository(folder);
        String image = "registry.example.org/orders/api@sha256:" + "1".repeat(64);
        CommandLineRun.onGitOps(folder, "release", "api", "dev", "--image", image, "--version", "1.4.0");
        Settings settings = Settings.of(
                Map.of(
                        "IMAAS_GITOPS", folder.resolve("orders-gitops.git").toString(),
                        "IMAAS_CACHE", folder.resolve("cache").toString()),
                folder,
                folder);

        assertThat(completed(settings, "pro")).isEqualTo("promote\n");
        assertThat(completed(settings, "promote", "")).isEqualTo("api\n");
        assertThat(completed(settings, "promote", "d"))
                .as("no service begins so")
                .isEqualTo("dev\n");
        assertThat(completed(settings, "promote", "api", "")).isEqualTo("dev\ntest\nprod\n");
        assertThat(completed(settings, "promote", "api", "test", ""))
                .as("the path's rest")
                .isEqualTo("prod\n");
        assertThat(completed(settings, "promote", "api", "dev", "test", "")).isEmpty();
        assertThat(completed(settings, "promote", "--reason", "api", "")).isEqualTo("api\n");
        assertThat(completed(settings, "promote", "--assume")).isEqualTo("--assume-healthy\n");
        assertThat(completed(settings, "approve", "api", "p")).isEqualTo("prod\n");
        assertThat(completed(settings, "history", "")).isEqualTo("api\n");
        assertThat(completed(settings, "history", "api", "t")).isEqualTo("test\n");
        assertThat(completed(settings, "promote", "api", "dev", "test", "--to", ""))
                .isEqualTo("dev\ntest\nprod\n");
        assertThat(completed(settings, "status", "--tenant", "o")).isEqualTo("orders\n");
        assertThat(completed(settings, "status", "--tenant=")).isEqualTo("--tenant=orders\n");
        assertThat(completed(settings, "status", "--tenant", "=", "o"))
                .as("bash's words")
                .isEqualTo("orders\n");
        assertThat(completed(settings, "status", "--tenant", "=")).isEqualTo("orders\n");
        assertThat(completed(settings, "status", "-o", "")).isEqualTo("json\nname\ntext\nwide\nyaml\n");
        assertThat(completed(settings, "status", "--report", "")).isEqualTo(":files\n");
        assertThat(completed(settings, "lint", "")).isEqualTo(":dirs\n");
        assertThat(completed(settings, "evidence", "")).isEqualTo("verify\napi\n");
        assertThat(completed(settings, "evidence", "--out")).isEqualTo("--output\n");
        assertThat(completed(settings, "completion", "f")).isEqualTo("fish\n");
        assertThat(completed(settings, "dev", "")).isEqualTo("down\nrun\nup\n");
        assertThat(completed(settings, "dev", "run", "--on")).isEqualTo("--once\n");
        assertThat(CommandLineRun.onGitOps(folder, "history", "api").exitCode()).isZero();
        assertThat(completed(settings, "rollback", "api", "dev", "--to", "")).isEqualTo("1.4.0\n");
    }

    @Test
    void bashTakesItsScript() throws IOException, InterruptedException {
        Path script = folder.resolve("completion.bash");
        Files.writeString(
                script,
                CommandLineRun.of("completion", "bash").out()
                        + "imaas() { printf '%s\\n' \"$#:$*\"; }\nCOMP_WORDS=(imaas promote ap)\nCOMP_CWORD=2\n"
                        + "_imaas\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n");
        Process bash = new ProcessBuilder("bash", script.toString())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("4:complete-words\n--\npromote\nap\n");
        assertThat(bash.waitFor()).isZero();
    }

    @Test
    void aCommandThatIsMadeAloneIsTheSameAsAmongAll() {
        Settings settings = Settings.of(Map.of(), Path.of("nowhere"), Path.of("nowhere"));
        line.getSubcommands().forEach((name, among) -> {
            CommandLine alone = Main.commandLine(settings, Main.needed(name))
                    .getSubcommands()
                    .get(name);
            assertThat(alone.getUsageMessage()).isEqualTo(among.getUsageMessage());
        });
        assertThat(Main.asked("help", "dev", "run")).containsExactly("dev", "run", "--help");
        assertThat(Main.needed("--version")).isEmpty();
        assertThat(Main.needed("order-api")).hasSameSizeAs(Main.needed());
    }

    @Test
    void everyCommandHasAManualPageThatSaysWhatItsHelpSays() throws IOException {
        Path pages = folder.resolve("man1");
        assertThat(CommandLineRun.of("man", "--to", pages.toString()).exitCode())
                .isZero();

        for (String name : commands()) {
            assertThat(Files.readString(pages.resolve("imaas-" + name + ".1")))
                    .startsWith(".TH IMAAS-" + name.toUpperCase(Locale.ROOT) + " 1 ")
                    .contains("\n.SH NAME\nimaas\\-" + name + " \\- ", "\nExamples:\n", ".SH EXIT STATUS\n")
                    .doesNotContainPattern("(?m)^[.'](?!TH|nh|SH|SS|nf|fi|BR)");
        }
        assertThat(CommandLineRun.of("man", "dev").out()).contains(".SS imaas dev run\n");
        assertThat(CommandLineRun.of("man", "promot").err()).contains("  try: imaas man promote\n");
    }

    /** {@code IMAAS_WRITE_DOCS=1} writes the reference instead of comparing it. */
    @Test
    void theReferenceShowsTheCommandsAsTheyAre() throws IOException {
        StringBuilder text = new StringBuilder("# Commands\n\nWritten by the build from the commands themselves.\n");
        Help.groupsOf(line).forEach((title, names) -> {
            text.append("\n## ").append(title).append('\n');
            names.forEach(
                    name -> describe("imaas " + name, line.getSubcommands().get(name), text));
        });
        if (System.getenv("IMAAS_WRITE_DOCS") != null) {
            Files.writeString(REFERENCE, text);
        }
        assertThat(Files.readString(REFERENCE)).isEqualTo(text.toString());
    }

    private static void describe(String name, CommandLine command, StringBuilder text) {
        text.append("\n### ").append(name).append("\n\n```\n");
        text.append(command.getUsageMessage(Ansi.OFF).stripTrailing()).append("\n```\n");
        command.getSubcommands().forEach((word, below) -> describe(name + " " + word, below, text));
    }

    private static String completed(Settings settings, String... words) {
        List<String> all = new ArrayList<>(List.of("complete-words", "--"));
        all.addAll(List.of(words));
        return CommandLineRun.of(settings, all.toArray(String[]::new)).out();
    }

    private List<String> commands() {
        return line.getSubcommands().entrySet().stream()
                .filter(entry ->
                        !entry.getValue().getCommandSpec().usageMessage().hidden())
                .map(Map.Entry::getKey)
                .toList();
    }

    private static String[] words(String text) {
        List<String> words = new ArrayList<>();
        for (Matcher matcher = WORD.matcher(text); matcher.find(); ) {
            words.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
        }
        return words.toArray(String[]::new);
    }
}
