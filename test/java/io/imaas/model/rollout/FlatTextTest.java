package io.imaas.model.rollout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class FlatTextTest {
    @Property(tries = 200)
    void whatIsWrittenIsReadAgain(@ForAll String value) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("evidence", value.replace("\r", ""));
        values.put("status", "healthy");
        String text = FlatText.write(values);

        // A line separator other than \n inside a value would be a line of its own.
        org.assertj.core.api.Assumptions.assumeThat(text.lines().count()).isEqualTo(2);
        assertThat(FlatText.read(text, "x.yaml")).isEqualTo(values);
    }

    @Test
    void whatIsNoRecordIsRefusedWithItsLine() {
        assertThatThrownBy(() -> FlatText.read("status: \"healthy\"\n- what?\n", "x.yaml"))
                .hasMessageContaining("x.yaml:2");
    }
}
