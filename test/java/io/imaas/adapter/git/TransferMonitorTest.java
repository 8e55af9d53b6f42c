package io.imaas.adapter.git;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TransferMonitorTest {
    @Test
    void aTransferIsToldInOneLineWithItsRateAndTheServersWordsAreNot() {
        List<String> lines = new ArrayList<>();
        TransferMonitor monitor = new TransferMonitor(lines::add);

        monitor.onUpdate("remote: \u001b[2Jmine", 1, 2, 50, Duration.ofSeconds(1));
        monitor.onUpdate("Receiving objects", 500, 2000, 25, Duration.ofSeconds(2));
        monitor.onUpdate("Resolving deltas", 40, Duration.ZERO);
        monitor.onEndTask("Receiving objects", 2000, 2000, 100, Duration.ofSeconds(8));

        assertThat(lines).containsExactly("Receiving objects: 25 % (500/2000), 250/s", "Resolving deltas: 40", "");
    }
}
