package io.imaas.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.OperatingSystemMXBean;
import io.fabric8.kubernetes.client.Config;
import io.imaas.app.Onboarded;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.model.failure.Effect;
import io.imaas.model.tenancy.Catalog;
import io.imaas.testing.RealServer;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.eclipse.jgit.util.FileUtils;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many tenants with three environments are onboarded from nothing, and again without a change, each time by a new process's
 * means; then tenants that nobody can push images of. The API server is a double in this process, whose time is not counted,
 * or the real one of {@code IMAAS_REAL_KUBECONFIG}; {@code IMAAS_BENCH_TENANTS} says how many.
 */
@Tag("bench")
class OnboardBench {
    private final int tenants = Integer.parseInt(System.getenv().getOrDefault("IMAAS_BENCH_TENANTS", "100"));

    @TempDir
    Path folder;

    @Test
    void fromNothingAndAgain() throws IOException {
        many().repositories();
        try (ApiServerDouble server = new ApiServerDouble();
                LoopbackRegistry registry = LoopbackRegistry.start(folder.resolve("registry"), 0)) {
            Catalog catalog = many().catalog(registry.address() + "/acme", 40);
            assertThat(run("from nothing", server, catalog))
                    .allMatch(one -> one.failures().isEmpty());
            for (int again = 0; again < 4; again++) {
                if (again % 2 == 1) {
                    forget();
                }
                assertThat(run(
                                again % 2 == 1 ? "without a change, on another machine" : "without a change",
                                server,
                                catalog))
                        .allMatch(one -> one.effects().stream().noneMatch(Effect::isChange));
            }
        }
    }

    /** Its audit log has the calls. */
    @Test
    void onARealApiServer() throws IOException {
        Config real = Config.fromKubeconfig(Files.readString(Path.of(RealServer.variable("IMAAS_REAL_KUBECONFIG"))));
        many().repositories();
        try (LoopbackRegistry registry = LoopbackRegistry.start(folder.resolve("registry"), 0)) {
            Catalog catalog = many().catalog(registry.address() + "/acme", 40);
            for (String what : List.of("from nothing", "without a change", "without a change")) {
                List<Onboarded> done = run(
                        what + " on a real API server",
                        () -> many().onboard(real, catalog, catalog.tenants()),
                        () -> 0L,
                        () -> 0);
                assertThat(done).allMatch(one -> one.failures().isEmpty());
                assertThat(done.stream().flatMap(one -> one.effects().stream()).anyMatch(Effect::isChange))
                        .isEqualTo(what.equals("from nothing"));
            }
        }
    }

    @Test
    void aRegistryThatNobodyKnows() throws IOException {
        many().repositories();
        try (ApiServerDouble server = new ApiServerDouble()) {
            run("a registry's name that nobody knows", server, many().catalog("registry.nowhere.invalid/acme", 40));
        }
    }

    /** The folder of clones is all that a process leaves to the next one. */
    private void forget() throws IOException {
        FileUtils.delete(many().cache().toFile(), FileUtils.RECURSIVE | FileUtils.SKIP_MISSING);
    }

    private List<Onboarded> run(String what, ApiServerDouble server, Catalog catalog) {
        server.calls();
        server.spent();
        return run(what, () -> many().onboard(server, catalog), server::spent, () -> server.calls()
                .size());
    }

    private List<Onboarded> run(
            String what, Supplier<List<Onboarded>> onboard, LongSupplier doubles, IntSupplier calls) {
        OperatingSystemMXBean machine = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = machine.getProcessCpuTime();
        Instant begin = Instant.now();
        List<Onboarded> done = onboard.get();
        System.out.printf(
                "%d tenants, %s, %s: %d ms, %d ms of CPU, %d calls, load %.1f%n",
                tenants,
                what,
                begin,
                Duration.between(begin, Instant.now()).toMillis(),
                (machine.getProcessCpuTime() - cpu - doubles.getAsLong()) / 1_000_000,
                calls.getAsInt(),
                machine.getSystemLoadAverage());
        return done;
    }

    private ManyTenants many() {
        return new ManyTenants(folder, tenants);
    }
}
