package io.imaas.adapter.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.internal.SSLUtils;
import io.imaas.app.assembly.Assembly;
import io.imaas.dev.layout.LoopbackRegistry;
import io.imaas.testing.FastClock;
import io.imaas.testing.FaultyServer.Fault;
import io.imaas.testing.RealServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Onboarding meets faults of the servers as they come over HTTP; {@code io.imaas.app.SagaTest} has those of each single write.
 * {@code -Dimaas.everyFault=true} tries all of them at all calls, {@code -Dimaas.shapes} names those that it tries, and
 * {@code -Dimaas.faults} the faults: with {@code HANGS}, which takes minutes for each call, that time limits hold.
 */
class OnboardFaultsTest {
    private static final boolean EVERY = Boolean.getBoolean("imaas.everyFault");
    private static final String SHAPES = System.getProperty("imaas.shapes", ".*");
    private static final String FAULTS = System.getProperty("imaas.faults", "(?!NONE|HANGS).*");
    private static final int SOME = 29;
    private static final int SIDE_BY_SIDE = Integer.getInteger("imaas.sideBySide", 1);
    /** Four tries of a minute each, and the pauses between them. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    Path folder;

    private LoopbackRegistry registry;

    @BeforeEach
    void start() throws IOException {
        registry = LoopbackRegistry.start(folder.resolve("registry"), 0);
    }

    @AfterEach
    void stop() {
        registry.close();
    }

    @Test
    void whatWasMadeBeforeAFaultIsTakenBack() throws Exception {
        try (ApiServerDouble server = new ApiServerDouble()) {
            OnboardFaults world = new OnboardFaults(
                    folder,
                    ManyTenants.config(server),
                    HttpClient.newHttpClient(),
                    URI.create("http://" + registry.address()),
                    null,
                    "",
                    new FastClock());
            if (EVERY) {
                all(world, "x", 1);
                return;
            }
            world.meets("a", "api GET /apis/networking.k8s.io/v1/networkpolicies", Fault.CONFLICT);
            world.meets("b", "api PATCH /api/v1/namespaces/new-*/resourcequotas/tenant", Fault.LOST);
            world.meets("d", "registry DELETE /v2/acme/new/blobs/uploads", Fault.LOST);
            world.meets("c", "api PATCH /api/v1/namespaces/old-*/resourcequotas/tenant", Fault.LOST);
        }
    }

    @Test
    @Tag("real")
    void theSameOnTheRealServers() throws Exception {
        Config real = Config.fromKubeconfig(Files.readString(Path.of(RealServer.variable("IMAAS_REAL_KUBECONFIG"))));
        all(
                new OnboardFaults(
                        folder,
                        real,
                        HttpClient.newBuilder()
                                .sslContext(SSLUtils.sslContext(real))
                                .build(),
                        URI.create("http://" + registry.address()),
                        URI.create(RealServer.variable("IMAAS_REAL_GITEA")),
                        RealServer.variable("IMAAS_REAL_GITEA_TOKEN"),
                        Assembly.systemClock()),
                "r" + Long.toString(System.nanoTime() % 1_000_000, 36) + "x",
                EVERY ? 1 : SOME);
    }

    private static void all(OnboardFaults world, String names, int step)
            throws InterruptedException, ExecutionException {
        int number = 0;
        List<Callable<String>> cases = new ArrayList<>();
        for (String shape : world.shapes(names)) {
            for (Fault fault : Fault.values()) {
                boolean wanted = fault.name().matches(FAULTS) && shape.matches(SHAPES);
                if (wanted && ++number % step == 0) {
                    String name = names + number;
                    cases.add(() -> {
                        Duration took = world.meets(name, shape, fault);
                        assertThat(took).as(shape + " " + fault).isLessThan(LIMIT);
                        return took.toSeconds() + " s: " + shape + " " + fault;
                    });
                }
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(SIDE_BY_SIDE);
        try {
            for (Future<String> ended : threads.invokeAll(cases)) {
                System.out.println(ended.get());
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
