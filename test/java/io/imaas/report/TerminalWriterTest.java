package io.imaas.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.plan.MarkdownText;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TerminalWriterTest {
    private final StringWriter seen = new StringWriter();
    private final TerminalWriter out = new TerminalWriter(seen);

    /** Takes back the line above, names the window, hides, reads from right to left, begins a line anew, is seen by nobody. */
    @ParameterizedTest
    @CsvSource({
        "'\u001b[1A\u001b[2K', '\\u001b[1A\\u001b[2K'",
        "'\u001b]0;x\u0007', '\\u001b]0;x\\u0007'",
        "'\u001b[8m', '\\u001b[8m'",
        "'\u001b[31;8m', '\\u001b[31;8m'",
        "'\u001b[30;40m', '\\u001b[30;40m'",
        "'\u009b2K', '\\u009b2K'",
        "'ok\rno', 'ok\\u000dno'",
        "'a\bb', 'a\\u0008b'",
        "'ann\u202e', 'ann\\u202e'",
        "'ann\u200b', 'ann\\u200b'",
        "'x\u2028y', 'x\\u2028y'",
        "'\uDB40\uDC41x', '\\udb40\\udc41x'",
        "'@ann\u3164', '@ann\\u3164'",
        "'dev\u034f', 'dev\\u034f'",
        "'a\u2800b', 'a\\u2800b'"
    })
    void whatCommandsATerminalOrIsNotSeenIsWrittenAsItsNumber(String text, String shown) {
        out.println("by " + text);
        assertThat(seen.toString()).isEqualTo("by " + shown + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u001b[31;1mno\u001b[0m", "\u001b[m", "a\tb\r\nc", "Zoë 東京 😀", "{\"a\": \"\\u001b\"}"})
    void coloursAndAllThatPeopleReadPass(String text) {
        out.print(text);
        out.flush();
        assertThat(seen.toString()).isEqualTo(text);
    }

    @Test
    void pagesAndCommentsHideNothingEither() {
        assertThat(HtmlPage.escape("ann\u202e<")).isEqualTo("ann\\u202e&lt;");
        assertThat(MarkdownText.line("ann\u200b")).isEqualTo("ann\\\\u200b");
        assertThat(MarkdownText.fenced("", List.of("- a\u2066", "+ b"))).isEqualTo("```\n- a\\u2066\n+ b\n```\n");
    }

    @Test
    void ourOwnCommandsReachTheTerminalInTheirTurn() {
        out.print("a");
        new Terminal(true, true).command(out, "\u001b[1A\u001b[J");
        out.println("b");
        assertThat(seen.toString()).isEqualTo("a\u001b[1A\u001b[Jb" + System.lineSeparator());
    }
}
