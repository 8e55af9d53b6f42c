package io.imaas.adapter.scan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.imaas.adapter.process.LocalProcesses;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.image.Digest;
import io.imaas.model.image.ImageRef;
import io.imaas.model.image.ImageRepository;
import io.imaas.model.image.ScanCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProgramScannerTest {
    private static final ImageRef IMAGE = new ImageRef(
            ImageRepository.parse("registry.example.org/orders/api"), new Digest("sha256:" + "1".repeat(64)));

    private final List<String> lines = new ArrayList<>();

    @TempDir
    Path folder;

    /** @param script of a shell, with the image and the report's file as its arguments */
    private Map<String, Object> scan(String script, Duration timeout) throws IOException {
        Path program = Files.writeString(folder.resolve("scanner"), "#!/bin/sh\n" + script + "\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        ScanCommand command = new ScanCommand(
                List.of(program.toString(), "--image=${image}", "${report}", "$(touch " + folder + "/shell)"), timeout);
        return new ProgramScanner(new LocalProcesses()).report(command, IMAGE, lines::add);
    }

    @Test
    void aReportIsReadAndNothingOfItStaysBehind() throws IOException {
        Map<String, Object> report = scan(
                "echo \"$1\"; echo \"$2\" > " + folder
                        + "/where; echo '{\"Results\": [{\"Target\": \"lib\"}]}' > \"$2\"",
                Duration.ofMinutes(1));

        assertThat(report).containsEntry("Results", List.of(Map.of("Target", "lib")));
        assertThat(lines).containsExactly("--image=" + IMAGE);
        assertThat(folder.resolve("shell")).as("no shell reads its arguments").doesNotExist();
        assertThat(Path.of(Files.readString(folder.resolve("where")).strip())).doesNotExist();
    }

    /** A program may keep more than its report beside it. */
    @Test
    void whatElseItLeavesBesideItsReportGoesAsWell() throws IOException {
        Map<String, Object> report = scan(
                "d=$(dirname \"$2\"); echo \"$d\" > " + folder
                        + "/where; mkdir \"$d/cache\"; touch \"$d/cache/db\"; echo '{}' > \"$2\"",
                Duration.ofMinutes(1));

        assertThat(report).isEmpty();
        assertThat(Path.of(Files.readString(folder.resolve("where")).strip())).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "exit 0 | INPUT | there is no file",
                "exit 3 | FAILED | ended with code 3",
                "echo '<html>' > \"$2\" | INPUT | left no report that can be read",
                "echo '[1]' > \"$2\" | INPUT | left no report that can be read",
                "ln -s /etc/passwd \"$2\" | INPUT | it is no plain file",
                "head -c 68000000 /dev/zero > \"$2\" | INPUT | it is longer than",
            })
    void whatIsNoReportIsToldWithTheFieldThatNamesTheProgram(String script, FailureKind kind, String why) {
        assertThatThrownBy(() -> scan(script, Duration.ofMinutes(1)))
                .isInstanceOfSatisfying(FailureException.class, e -> {
                    assertThat(e.failure().kind()).isEqualTo(kind);
                    assertThat(e.failure().what()).contains(why);
                });
    }

    @Test
    void aProgramThatNeverEndsIsEnded() {
        assertThatThrownBy(() -> scan("sleep 600", Duration.ofSeconds(1)))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.EXTERNAL));
    }

    @Test
    void aCommandThatNamesNoImageOrNoReportIsNone() {
        for (List<String> wrong : List.of(
                List.of("trivy", "image"),
                List.of("trivy", "${image}"),
                List.of("trivy", "${report}"),
                List.of("${image}", "${report}", "${image}"))) {
            assertThatThrownBy(() -> new ScanCommand(wrong, Duration.ofMinutes(1)))
                    .as(wrong.toString())
                    .hasMessageContaining("a scan is a program with the words ${image} and ${report}");
        }
    }
}
