package io.imaas.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class HistogramTextDiffTest {
    private final HistogramTextDiff diff = new HistogramTextDiff();

    @Test
    void linesThatGoAndComeAreToldInTheOrderOfTheTexts() {
        assertThat(diff.of("a\nb\nc\n", "a\nx\nc\nd")).containsExactly("- b", "+ x", "+ d");
        assertThat(diff.of("", "a\n")).containsExactly("+ a");
        assertThat(diff.of("a\r\nb", "a\nb\n")).isEmpty();
        assertThat(diff.of("é\n", "ü\n")).containsExactly("- é", "+ ü");
    }

    @Test
    @Timeout(180)
    void aMegabyteOfLinesOnBothSidesFillsNoMemory() {
        String lines = lines(0);
        assertThat(diff.of(lines, lines.replace("line 70000\n", ""))).containsExactly("- line 70000");
        assertThat(diff.of(lines, lines(100_000))).hasSize(200_000);
    }

    private static String lines(int from) {
        return IntStream.range(from, from + 100_000)
                .mapToObj(i -> "line " + i + "\n")
                .collect(Collectors.joining());
    }
}
