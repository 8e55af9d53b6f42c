package io.imaas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Links lead somewhere, and messages that are explained are messages of ours. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
    private static final Pattern MESSAGE = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

    @Test
    void everyRelativeLinkLeadsToAFileAndAHeadingThatAreThere() throws IOException {
        List<String> dead = new ArrayList<>();
        for (Path page : pages()) {
            Matcher link = LINK.matcher(withoutCode(Files.readString(page)));
            while (link.find()) {
                String to = link.group(1);
                if (!to.matches("[a-z]+:.*") && !leadsSomewhere(page, to)) {
                    dead.add(page + " -> " + to);
                }
            }
        }
        assertThat(dead).isEmpty();
    }

    @Test
    void everyExplainedMessageIsOneOfOurs() throws IOException {
        String sources;
        try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
            sources = files.filter(file -> file.toString().endsWith(".java"))
                    .map(DocumentsTest::text)
                    .collect(Collectors.joining("\n"));
        }
        // A sentence that goes on in the next line of the source is one sentence.
        String sentences = sources.replaceAll("\"\\s*\\+ \"", "");
        Matcher message = MESSAGE.matcher(Files.readString(Path.of("docs/troubleshooting.md")));
        int found = 0;
        for (; message.find(); found++) {
            assertThat(sentences.contains(message.group(1)))
                    .as(message.group(1))
                    .isTrue();
        }
        assertThat(found).isGreaterThan(25);
    }

    private static boolean leadsSomewhere(Path page, String to) {
        String file = to.replaceFirst("#.*", "");
        Path target = file.isEmpty() ? page : page.resolveSibling(file).normalize();
        if (!to.contains("#")) {
            return Files.exists(target);
        }
        return Files.isRegularFile(target) && anchors(target).contains(to.substring(to.indexOf('#') + 1));
    }

    /** As GitHub makes them of headings. */
    private static Set<String> anchors(Path page) {
        return withoutCode(text(page))
                .lines()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("#+ *", "").toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N} _-]", "").replace(' ', '-'))
                .collect(Collectors.toSet());
    }

    private static String withoutCode(String text) {
        return text.replaceAll("(?s)```.*?```", "");
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files =
                Stream.of(Path.of("docs"), Path.of("examples")).flatMap(DocumentsTest::walk)) {
            return Stream.concat(
                            files.filter(file -> file.toString().endsWith(".md")),
                            Stream.of(Path.of("README.md"), Path.of("CHANGELOG.md"), Path.of("CONTRIBUTING.md")))
                    .sorted()
                    .toList();
        }
    }

    private static Stream<Path> walk(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
