package io.imaas.model.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class HoldTest {
    private static final Instant SINCE = Instant.parse("2026-03-01T08:00:00Z");

    @Property(tries = 200)
    void whatIsWrittenIsReadAgain(@ForAll String value) {
        Hold hold = new Hold(value.replace("\r", ""), "@ann", SINCE);

        // A line separator other than \n inside a value would be a line of its own.
        assumeThat(hold.text().lines().count()).isEqualTo(3);
        assertThat(Hold.parse(hold.text(), "x.yaml")).isEqualTo(hold);
    }

    @Test
    void quotesBackslashesAndLinesAreReadAsTheyWereWritten() {
        Hold hold = new Hold("say \"no\"\nto C:\\new", "@ann", SINCE);

        assertThat(hold.text()).startsWith("reason: \"say \\\"no\\\"\\nto C:\\\\new\"\n");
        assertThat(Hold.parse(hold.text(), "x.yaml")).isEqualTo(hold);
    }

    @Test
    void whatIsNoRecordIsRefusedWithItsLine() {
        assertThatThrownBy(() -> Hold.parse("status: \"healthy\"\n- what?\n", "x.yaml"))
                .hasMessageContaining("x.yaml:2");
    }
}
