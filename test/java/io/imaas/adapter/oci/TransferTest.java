package io.imaas.adapter.oci;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.cloud.tools.jib.event.events.ProgressEvent;
import com.google.cloud.tools.jib.event.progress.Allocation;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TransferTest {
    @Test
    void bytesThatMoveAreToldWithTheirRateAndThoseThatTheRegistryHasAreNot() {
        List<String> told = new ArrayList<>();
        AtomicLong nanos = new AtomicLong(7);
        Transfer transfer = new Transfer(told::add, nanos::get);
        Allocation all = Allocation.newRoot("images", 2);
        Allocation there = all.newChild("pushing blob sha256:a", 90_000_000);
        Allocation sent =
                all.newChild("pushing blob sha256:b", 40_000_000).newChild("pushing blob sha256:b", 40_000_000);

        transfer.add(new ProgressEvent(there, 90_000_000));
        transfer.add(new ProgressEvent(sent, 6_000_000));
        nanos.addAndGet(4_000_000_000L);
        transfer.add(new ProgressEvent(sent, 4_000_000));
        transfer.add(new ProgressEvent(sent, 4_000_000));

        assertThat(told).containsExactly("10.0 of 40.0 MB pushed, 2.5 MB/s");
    }
}
