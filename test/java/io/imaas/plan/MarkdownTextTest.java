package io.imaas.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MarkdownTextTest {
    @Test
    void wordsOfStrangersStayWords() {
        assertThat(MarkdownText.line("<img src=x> @acme/all ![x](y) a|b\n# c <!-- d"))
                .doesNotContain("<", "@acme", "![", "a|b", "\n")
                .contains("&lt;img", "a\\|b");
    }

    @Test
    void aFenceIsLongerThanAnyWithin() {
        assertThat(MarkdownText.fenced("diff", List.of("+ ```", "+ ````x")))
                .startsWith("`````diff\n")
                .endsWith("\n`````\n");
        assertThat(MarkdownText.fenced("", List.of())).startsWith("```\n");
    }

    @Test
    void aCellIsShort() {
        assertThat(MarkdownText.cell("x".repeat(1000))).hasSize(300).endsWith("…");
    }
}
