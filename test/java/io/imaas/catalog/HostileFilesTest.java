package io.imaas.catalog;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.imaas.model.failure.Problem;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Files made to hurt, and files that came out wrong. */
class HostileFilesTest {
    private static List<Problem> problemsOf(String text) {
        return assertTimeoutPreemptively(Duration.ofMinutes(2), () -> CatalogReader.read(new Acme()
                        .with(Acme.PAYMENTS, text)
                        .edit(Acme.ORDERS, "[payments]", "[]")
                        .files())
                .problems());
    }

    @Test
    void aliasesThatMultiplyAreRefusedBeforeTheyUnfold() {
        String laughs = "a0: &a0 [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
                + IntStream.rangeClosed(1, 12)
                        .mapToObj(i -> "a%d: &a%d [%s]%n"
                                .formatted(i, i, String.join(", ", java.util.Collections.nCopies(9, "*a" + (i - 1)))))
                        .collect(Collectors.joining());

        assertThat(problemsOf(laughs)).singleElement().satisfies(p -> {
            assertThat(p.rule()).isEqualTo("too-many-values");
            assertThat(p.where().line()).isBetween(4, 6);
        });
    }

    @Test
    void mergeKeysThatMultiplyAreRefusedToo() {
        String laughs = "a0: &a0 {x: [1, 2, 3, 4, 5, 6, 7, 8, 9]}\n"
                + IntStream.rangeClosed(1, 20)
                        .mapToObj(i -> "a%d: &a%d {<<: *a%d, k%d: *a%d}%n".formatted(i, i, i - 1, i, i - 1))
                        .collect(Collectors.joining());

        assertThat(problemsOf(laughs)).extracting(Problem::rule).containsExactly("too-many-values");
    }

    @Test
    void anAliasInsideItsOwnAnchorIsRefused() {
        assertThat(problemsOf("tenant: &t [*t]\n")).extracting(Problem::rule).containsExactly("unknown-alias");
    }

    @Test
    void deepNestingIsRefusedAndNoStackOverflows() {
        assertThat(problemsOf("tenant: " + "[".repeat(500_000)))
                .extracting(Problem::rule)
                .containsExactly("too-deep");
        assertThat(problemsOf("{a: ".repeat(100_000))).extracting(Problem::rule).containsExactly("too-deep");
        assertThat(problemsOf("- ".repeat(100_000) + "x"))
                .extracting(Problem::rule)
                .containsExactly("too-deep");
    }

    @Test
    void aHugeFileIsRefused() {
        assertThat(problemsOf("# x\n".repeat(300_000)))
                .extracting(Problem::rule)
                .containsExactly("too-large");
    }

    @Test
    void aLongListStaysQuick() {
        String owners =
                IntStream.range(0, 60_000).mapToObj(i -> "'@a" + i + "'").collect(Collectors.joining(","));

        assertThat(problemsOf("tenant: payments\nowners: [" + owners + "]\ncontact: a@b.cd\ngitops: /git/x.git\n"))
                .extracting(Problem::rule)
                .containsExactly("too-many");
    }

    @Test
    void aLongKeyOrValueStaysQuickAndIsNotPrintedWhole() {
        String word = "x".repeat(900_000);

        assertThat(problemsOf("tenant: " + word)).allMatch(p -> p.sentence().length() < 1000);
        assertThat(problemsOf(word.substring(0, 1000) + ": 1"))
                .allMatch(p -> p.sentence().length() < 1000);
    }

    @Test
    void patternsDoNotBacktrackForEver() {
        assertThat(problemsOf("tenant: " + "a-".repeat(400_000) + "!")).isNotEmpty();
        assertThat(problemsOf("tenant: payments\ncontact: " + "a@".repeat(400_000)))
                .isNotEmpty();
        assertThat(problemsOf("tenant: payments\ngitops: " + "a.".repeat(240) + "/ x"))
                .isNotEmpty();
        assertThat(problemsOf("# " + "eyJ".repeat(300_000))).isNotEmpty();
        assertThat(problemsOf("# " + "://a".repeat(250_000))).isNotEmpty();
    }

    @Test
    void emptyFilesAreSaidToBeEmpty() {
        for (String text : List.of("", "\n\n", "# only a comment\n", "\uFEFF", "---\n", "---\n...\n", "~")) {
            assertThat(problemsOf(text)).describedAs(text).singleElement().satisfies(p -> assertThat(p.rule())
                    .isEqualTo("empty-file"));
        }
    }

    @Test
    void aFileThatIsNoMapIsRefusedAtItsFirstLine() {
        for (String text : List.of("hello", "- a\n- b", "3", "[]")) {
            assertThat(problemsOf(text)).describedAs(text).singleElement().satisfies(p -> {
                assertThat(p.rule()).isEqualTo("wrong-type");
                assertThat(p.where()).hasToString("tenants/payments.yaml:1:1");
                assertThat(p.what()).startsWith("the file must be a map");
            });
        }
    }

    @Test
    void textInAnotherEncodingIsRefused() {
        String latin1 = new String("tenant: caf\u00e9".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1), UTF_8);
        String utf16 = new String("tenant: payments".getBytes(UTF_16), UTF_8);
        String binary = new String(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0}, UTF_8);

        assertThat(problemsOf(latin1)).singleElement().satisfies(p -> assertThat(p.where())
                .hasToString("tenants/payments.yaml:1:12"));
        assertThat(problemsOf(utf16)).extracting(Problem::rule).containsExactly("not-utf8");
        assertThat(problemsOf(binary)).hasSize(1);
    }
}
