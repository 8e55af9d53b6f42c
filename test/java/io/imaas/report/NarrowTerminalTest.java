package io.imaas.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NarrowTerminalTest {
    private static final Map<String, String> NARROW = Map.of("TERM", "xterm", "IMAAS_TTY", "1", "IMAAS_COLUMNS", "44");

    @Test
    void theLauncherSaysHowWideATerminalIsAndNothingElseHasAnEdge() {
        assertThat(Terminal.of(NARROW).columns()).isEqualTo(44);
        assertThat(Terminal.of(Map.of("IMAAS_COLUMNS", "44")).columns()).isEqualTo(Integer.MAX_VALUE);
        assertThat(Terminal.of(Map.of("TERM", "xterm", "IMAAS_TTY", "1", "IMAAS_COLUMNS", "wide"))
                        .columns())
                .isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void nothingIsDrawnWhereErrorsGoToAFile() {
        assertThat(Terminal.ofErrors(NARROW).live()).isFalse();
        Map<String, String> both = new HashMap<>(NARROW);
        both.put("IMAAS_ERROR_TTY", "1");
        assertThat(Terminal.ofErrors(both)).isEqualTo(Terminal.of(NARROW));
    }

    @Test
    void aLongLineIsFoldedBetweenWordsAndALongWordStaysWhole() {
        Terminal narrow = Terminal.of(NARROW);
        String address = "https://git.acme.example/orders/order-api/commit/0123456789";

        assertThat(narrow.folded("  skip Unit tests of hello: one suite found, not run: no server", 7))
                .isEqualTo("  skip Unit tests of hello: one suite found,\n       not run: no server");
        assertThat(narrow.folded("see " + address + " for more", 2)).isEqualTo("see\n  " + address + "\n  for more");
        assertThat(narrow.folded("short", 2)).isEqualTo("short");
        assertThat(Terminal.NONE.folded("x ".repeat(500), 2)).doesNotContain("\n");
    }
}
