package io.imaas.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.app.Onboard;
import io.imaas.app.Proposal;
import io.imaas.model.identity.Actor;
import io.imaas.model.tenancy.Catalog;
import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** 10,000 tenants, of which one changes: what validating and planning costs a process that knows the others. */
@Tag("bench")
class ManyTenantsBench {
    /** What costs the same for each tenant costs twice as much for twice as many. */
    @Test
    void allOfThem() {
        for (int tenants : new int[] {1_000, 2_000, 4_000}) {
            Read<Catalog> read = CatalogReader.read(Crowd.of(tenants));
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            Proposal proposal = Onboard.between(Optional.empty(), read, Instant.EPOCH, Actor.unverified("@ann"));
            System.out.printf(
                    "all of %d tenants planned: on the processor %d ms, %d plans%n",
                    tenants,
                    (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1_000_000,
                    proposal.plans().size());
        }
    }

    @Test
    void oneOfTenThousand() {
        Map<String, String> files = Crowd.of(10_000);
        KnownFiles known = new KnownFiles();
        Catalog before = ((Read.Ok<Catalog>) CatalogReader.read(files, known)).value();
        for (int run = 1; run <= 5; run++) {
            Map<String, String> changed = new TreeMap<>(files);
            int pods = 40 + run;
            changed.computeIfPresent(
                    "tenants/tenant77.yaml", (path, text) -> text.replace("pods: 40", "pods: " + pods));
            long cpu = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            long start = System.nanoTime();
            Read<Catalog> after = CatalogReader.read(changed, known);
            long read = System.nanoTime();
            Proposal proposal = Onboard.between(Optional.of(before), after, Instant.EPOCH, Actor.unverified("@ann"));
            System.out.printf(
                    "one of 10,000 tenants changed, run %d: validate %d ms, plan %d ms, on the processor %d ms, %d plans%n",
                    run,
                    (read - start) / 1_000_000,
                    (System.nanoTime() - read) / 1_000_000,
                    (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - cpu) / 1_000_000,
                    proposal.plans().size());
            assertThat(proposal.plans()).hasSize(1);
        }
    }
}
