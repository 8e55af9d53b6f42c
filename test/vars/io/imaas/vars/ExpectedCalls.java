package io.imaas.vars;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Compares calls with {@code test/fixtures/vars/NAME.txt}; {@code -Dimaas.vars.update=true} writes it instead. */
final class ExpectedCalls {
    private static final Path FOLDER = Path.of("test/fixtures/vars");

    private ExpectedCalls() {}

    static void assertShows(String name, String calls) throws IOException {
        Path file = FOLDER.resolve(name + ".txt");
        if (Boolean.getBoolean("imaas.vars.update")) {
            Files.createDirectories(FOLDER);
            Files.writeString(file, calls);
        }
        assertThat(calls).as("calls of " + file).isEqualTo(Files.readString(file));
    }
}
