package io.imaas.app.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OpenedTest {
    @Test
    void whatCantBeClosedKeepsNothingElseOpen() {
        List<String> closed = new ArrayList<>();
        Opened opened = new Opened();
        opened.<AutoCloseable>add(() -> closed.add("first"));
        opened.<AutoCloseable>add(() -> {
            throw new IllegalStateException("stuck");
        });
        opened.<AutoCloseable>add(() -> closed.add("last"));
        assertThatThrownBy(opened::close)
                .hasMessageStartingWith("could not be closed")
                .hasRootCauseMessage("stuck");
        assertThat(closed).containsExactly("last", "first");
    }
}
