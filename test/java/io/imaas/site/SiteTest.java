package io.imaas.site;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.cli.Main;
import io.imaas.cli.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The documentation as a site in {@code target/site}, every link of which leads somewhere and every example of which is one. */
class SiteTest {
    private static final Path TARGET = Path.of("target/site");
    private static final Pattern HREF = Pattern.compile("(?:href|src)=\"([^\"]+)\"");
    private static final Pattern BLOCK = Pattern.compile("(?s)```sh\\n(.*?)```");

    private static List<String> dead;

    @BeforeAll
    static void write() throws IOException {
        dead = new Site(Path.of(""), TARGET).write(pages());
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> docs = Files.walk(Path.of("docs"));
                Stream<Path> examples = Files.walk(Path.of("examples"))) {
            return Stream.of(
                            docs,
                            examples,
                            Stream.of(Path.of("README.md"), Path.of("CHANGELOG.md"), Path.of("CONTRIBUTING.md")))
                    .flatMap(all -> all)
                    .filter(file -> file.toString().endsWith(".md"))
                    .toList();
        }
    }

    @Test
    void everyLinkOfEveryPageLeadsToAPageAndAHeadingThatAreThere() throws IOException {
        List<String> nowhere = new ArrayList<>(dead);
        try (Stream<Path> all = Files.walk(TARGET)) {
            for (Path page :
                    all.filter(file -> file.toString().endsWith(".html")).toList()) {
                Matcher link = HREF.matcher(Files.readString(page));
                while (link.find()) {
                    if (!link.group(1).matches("[a-z]+:.*") && !leadsSomewhere(page, link.group(1))) {
                        nowhere.add(page + " -> " + link.group(1));
                    }
                }
            }
        }
        assertThat(nowhere).isEmpty();
        assertThat(TARGET.resolve("index.html")).isRegularFile();
        assertThat(TARGET.resolve("docs/decisions/index.html")).isRegularFile();
        assertThat(TARGET.resolve("docs/images/report.png")).isRegularFile();
    }

    private static boolean leadsSomewhere(Path page, String to) throws IOException {
        String[] parts = to.split("#", 2);
        Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        return Files.isRegularFile(file)
                && (parts.length == 1 || Files.readString(file).contains(" id=\"" + parts[1] + "\""));
    }

    @Test
    void everyCommandInTheDocumentationIsOneAndHasItsOptions() throws IOException {
        CommandLine imaas = Main.commandLine(Settings.of(Map.of(), Path.of("nowhere"), Path.of("nowhere")));
        List<String> wrong = new ArrayList<>();
        int found = 0;
        for (Path page : pages()) {
            Matcher block = BLOCK.matcher(Files.readString(page));
            while (block.find()) {
                for (String line : block.group(1).replace("\\\n", " ").lines().toList()) {
                    Matcher command = Pattern.compile("^(?:[A-Z_]+=\\S+ )*(?:\\./)?imaas ([^#|&>]*)")
                            .matcher(line.strip());
                    if (command.find()) {
                        found++;
                        unknown(imaas, command.group(1))
                                .forEach(what -> wrong.add(page + ": " + line.strip() + ": " + what));
                    }
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(found).isGreaterThan(50);
    }

    /** Words that begin with dashes and are not option of the command, or a command that is none. */
    private static List<String> unknown(CommandLine imaas, String words) {
        List<String> all = new ArrayList<>(Arrays.asList(words.strip().split("\\s+")));
        CommandLine line = imaas;
        if (all.get(0).equals("--server")) {
            all.subList(0, 2).clear();
        }
        while (!all.isEmpty() && line.getSubcommands().containsKey(all.get(0))) {
            line = line.getSubcommands().get(all.remove(0));
        }
        // What the launcher does itself is not a command of the program.
        if (line == imaas && !List.of("verify", "plugin", "--version", "--help").contains(all.get(0))) {
            return List.of("no command");
        }
        CommandSpec spec = line.getCommandSpec();
        return all.stream()
                .filter(word -> word.startsWith("--"))
                .map(word -> word.replaceFirst("=.*", ""))
                .filter(word -> line(spec, word) == null)
                .toList();
    }

    private static Object line(CommandSpec spec, String word) {
        return spec.optionsMap().get(word);
    }
}
