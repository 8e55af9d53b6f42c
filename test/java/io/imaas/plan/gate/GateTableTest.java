package io.imaas.plan.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.model.failure.FailureKind;
import io.imaas.plan.promotion.Scene;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class GateTableTest {
    private static final Path DOCUMENT = Path.of("docs/promotion.md");
    private static final String BEGIN = "<!-- gates: written by the build -->\n";
    private static final String END = "<!-- end of gates -->\n";

    /** {@code IMAAS_WRITE_DOCS=1} writes the table instead of comparing it. */
    @Test
    void theDocumentationShowsTheTableAsItIs() throws IOException {
        String text = Files.readString(DOCUMENT);
        int from = text.indexOf(BEGIN) + BEGIN.length();
        int to = text.indexOf(END);
        String written = text.substring(0, from) + markdown() + text.substring(to);
        if (System.getenv("IMAAS_WRITE_DOCS") != null) {
            Files.writeString(DOCUMENT, written, StandardCharsets.UTF_8);
        }
        assertThat(Files.readString(DOCUMENT)).isEqualTo(written);
    }

    @Test
    void everyGateIsInTheTableOnceAndHasATestOfItsOwn() throws IOException {
        List<String> gates = GateTable.rows().stream()
                .map(row -> row.gate().getClass().getSimpleName())
                .toList();
        assertThat(gates).doesNotHaveDuplicates();
        assertThat(GateTable.rows()).extracting(row -> row.name()).doesNotHaveDuplicates();
        assertThat(classes("src/main/java/io/imaas/plan/gate")).containsExactlyInAnyOrderElementsOf(gates);
        assertThat(classes("test/java/io/imaas/plan/gate"))
                .containsAll(gates.stream().map(gate -> gate + "Test").toList());
    }

    @Test
    void everyOccasionAsksSomething() {
        for (Occasion occasion : Occasion.values()) {
            assertThat(GateTable.rows()).as(occasion.word()).anyMatch(row -> row.occasions()
                    .contains(occasion));
        }
    }

    @Test
    void aGateThatFailsIsClosedAndKeepsNoOtherFromBeingAsked() {
        // Without a snapshot there is nothing that a gate could read.
        Question broken = new Question(
                Occasion.PROMOTION,
                new Scene().platform(),
                new Scene().tenant(),
                null,
                Overrides.NONE,
                List.of(new Scene().runs("api", "dev", "1.0.0", null).candidate("api", "dev", "test")));

        assertThat(GateTable.ask(broken))
                .hasSizeGreaterThan(3)
                .filteredOn(GateAnswer::closed)
                .allSatisfy(answer -> {
                    assertThat(answer.kind()).isEqualTo(FailureKind.DEFECT);
                    assertThat(answer.waitsFor()).isEqualTo(Answer.WaitsFor.REPLY);
                });
    }

    private static List<String> classes(String folder) throws IOException {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.map(file -> file.getFileName().toString().replace(".java", ""))
                    .filter(name -> (name.endsWith("Gate") && !name.equals("Gate")) || name.endsWith("GateTest"))
                    .toList();
        }
    }

    private static String markdown() {
        StringBuilder text = new StringBuilder("| gate | question | what opens it |");
        for (Occasion occasion : Occasion.values()) {
            text.append(' ').append(occasion.word()).append(" |");
        }
        text.append("\n|---|---|---|")
                .append(":-:|".repeat(Occasion.values().length))
                .append('\n');
        for (GateTable.Row row : GateTable.rows()) {
            text.append("| `").append(row.name()).append("` | ");
            text.append(row.question()).append(" | ").append(row.opener()).append(" | ");
            text.append(Stream.of(Occasion.values())
                            .map(occasion -> row.occasions().contains(occasion) ? "x" : "")
                            .collect(Collectors.joining(" | ")))
                    .append(" |\n");
        }
        return text.toString();
    }
}
