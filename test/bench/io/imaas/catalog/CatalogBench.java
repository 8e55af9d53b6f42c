package io.imaas.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("bench")
class CatalogBench {
    @Test
    void twoThousandTenants() {
        Map<String, String> files = Crowd.of(2_000);
        for (int run = 1; run <= 5; run++) {
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long start = System.nanoTime();
            Read<?> read = CatalogReader.read(files);
            System.out.printf(
                    "catalog of 2,000 tenants, run %d: %d ms, of which %d ms on the processor%n",
                    run,
                    (System.nanoTime() - start) / 1_000_000,
                    (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1_000_000);
            assertThat(read).isInstanceOf(Read.Ok.class);
        }
    }
}
