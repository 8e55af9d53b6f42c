package io.imaas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What documents say of the code is there: messages, and classes that are named with their package. */
class DocumentsTest {
    private static final Pattern MESSAGE = Pattern.compile("(?m)^\\| `([^`]+)` \\|");
    private static final Pattern CLASS = Pattern.compile("`((?:[a-z]+\\.)+[A-Z][A-Za-z]+)`");

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

    @Test
    void everyClassThatIsNamedWithItsPackageIsThere() throws IOException {
        List<Path> pages;
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            pages = files.filter(file -> file.toString().endsWith(".md")).toList();
        }
        assertThat(pages.stream()
                        .flatMap(page -> CLASS.matcher(text(page)).results())
                        .map(named -> named.group(1))
                        .filter(name ->
                                !Files.exists(Path.of("src/main/java/io/imaas", name.replace('.', '/') + ".java"))))
                .isEmpty();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
