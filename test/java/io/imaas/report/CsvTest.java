package io.imaas.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whoever may write a commit's subject or choose a login writes into somebody's spreadsheet. */
class CsvTest {
    private static String cell(String text) {
        return Csv.of(List.of(List.of(text))).replaceFirst("\r\n$", "");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "=1+1",
                "+1",
                "-1+cmd|' /C calc'!A0",
                "@SUM(1)",
                "\t=1",
                "\r=1",
                "\n=1",
                "\uff1d1+1",
                "\uff0b1",
                "@G2",
                "@R1C1"
            })
    void nothingBeginsAFormula(String text) {
        assertThat(cell(text).replaceFirst("^\"", "")).startsWith("'");
    }

    @Test
    void norAfterWhatEndsACellSomewhere() {
        assertThat(cell("fine;=1+1")).isEqualTo("\"fine;'=1+1\"");
        assertThat(cell("fine,@G2")).isEqualTo("\"fine,'@G2\"");
        assertThat(cell("two\n=1+1")).isEqualTo("\"two\n'=1+1\"");
    }

    @Test
    void whatIsNoneStaysAsItIs() {
        assertThat(cell("@ann")).isEqualTo("@ann");
        assertThat(cell("@acme/leads")).isEqualTo("@acme/leads");
        assertThat(cell("approved by @ann; see CHG-7")).isEqualTo("\"approved by @ann; see CHG-7\"");
        assertThat(cell("a \"b\"")).isEqualTo("\"a \"\"b\"\"\"");
    }
}
