package io.imaas.adapter.mi.verify;

import static io.imaas.adapter.mi.verify.MiFiles.ARTIFACTS;
import static io.imaas.adapter.mi.verify.MiFiles.NS;
import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.Problem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Long texts, and texts made to keep a pattern busy: lint neither breaks nor takes longer than the text is long. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HostileTextsTest {
    private static final String JSON =
            "<payloadFactory media-type=\"json\"><format>{\"a\": %s}</format></payloadFactory>";
    private static final String EXPRESSION = "<variable name=\"a\" expression=\"%s\" type=\"STRING\"/>";

    @TempDir
    private Path folder;

    private MiFiles files;

    @BeforeEach
    void aHealthyProject() throws IOException {
        files = MiFiles.hello2(folder);
    }

    @ParameterizedTest
    @CsvSource({"a, 200000", "\\\\, 200000", "${vars.a}, 50000", "aZ09, 200000", "eyJaaaaaaa-, 200000", "{, 200000"})
    void longTextsInATemplateAreNoFault(String part, int times) {
        files.sequence("Long", JSON.formatted("\"" + part.repeat(times) + "\""));
        assertThat(files.lint()).isEmpty();
    }

    @Test
    void aLongExpressionInATemplateIsRead() {
        files.sequence("Long", JSON.formatted("${vars.a + '" + "b".repeat(200_000) + "'}"));
        assertThat(files.lint()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"(, ), 20000", "-, '', 20000", "not(, ), 20000", "${vars.a[, ]}, 20000"})
    void anExpressionThatIsNestedTooDeepForSynapseIsOneFault(String open, String close, int times) {
        files.sequence("Deep", EXPRESSION.formatted(open.repeat(times) + "1" + close.repeat(times)));
        assertThat(rules()).containsExactly("invalid-expression");
    }

    @Test
    void aLongWordIsNoListOfCodes() {
        files.with(
                ARTIFACTS + "endpoints/Codes.xml",
                "<endpoint name=\"Codes\"" + NS + "><address uri=\"http://localhost\"><markForSuspension><errorCodes>"
                        + "1".repeat(5_000) + "x</errorCodes></markForSuspension></address></endpoint>");
        assertThat(rules()).containsExactly("invalid-value");
    }

    @Test
    void aLineOfBlanksKeepsNobodyBusy() {
        String blanks = " ".repeat(200_000);
        files.with("deployment/deployment.toml", "a = x" + blanks + "y" + blanks + "z\nb = " + blanks + "\n");
        assertThat(files.lint()).isEmpty();
    }

    @Test
    void aPipeOrALinkOutOfTheProjectIsNoSource() throws Exception {
        Path sequences = folder.resolve(ARTIFACTS + "sequences");
        Files.createSymbolicLink(sequences.resolve("Out.xml"), Path.of("/etc/passwd"));
        Files.createSymbolicLink(sequences.resolve("Endless.xml"), Path.of("/dev/zero"));
        Files.createSymbolicLink(sequences.resolve("Nowhere.xml"), Path.of("nowhere"));
        new ProcessBuilder("mkfifo", sequences.resolve("Pipe.xml").toString())
                .start()
                .waitFor();
        assertThat(files.lint()).isEmpty();

        Files.writeString(folder.resolve("In.xml"), "<sequence name=\"In\"" + NS + "><lgo/></sequence>");
        Files.createSymbolicLink(sequences.resolve("In.xml"), folder.resolve("In.xml"));
        assertThat(rules()).containsExactly("unknown-mediator");
    }

    private List<String> rules() {
        return files.lint().stream().map(Problem::rule).toList();
    }
}
