package io.imaas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Messages that are explained are messages of ours. */
class DocumentsTest {
    private static final Pattern MESSAGE = Pattern.compile("(?m)^\\| `([^`]+)` \\|");

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

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
