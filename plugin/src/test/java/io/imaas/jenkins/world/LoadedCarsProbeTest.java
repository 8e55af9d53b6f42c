package io.imaas.jenkins.world;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.imaas.jenkins.config.FolderServer;
import io.imaas.jenkins.config.KubernetesServer;
import io.imaas.jenkins.config.RuntimeProbe;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.rollout.ProbeResult;
import io.imaas.model.rollout.RolloutTarget;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.model.tenancy.ServiceName;
import io.imaas.model.tenancy.TenantName;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A rollout proves the CAR that its image was made of, as the image's labels name it. */
class LoadedCarsProbeTest {
    private static final BackendSecrets SECRETS = new BackendSecrets(null, null, "admin", new Secret("pw"));
    private static final RolloutTarget TARGET = new RolloutTarget(
            new TenantName("orders"),
            new ServiceName("order-api"),
            new EnvironmentName("test"),
            "orders",
            "orders-test-order-api",
            null,
            "",
            null,
            null,
            Duration.ofMinutes(1),
            null,
            null);

    private final List<String> asked = new CopyOnWriteArrayList<>();
    private HttpServer runtime;

    @BeforeEach
    void start() throws IOException {
        runtime = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        runtime.createContext("/", this::answer);
        runtime.start();
    }

    @AfterEach
    void stop() {
        runtime.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().toString();
        asked.add(path);
        String body = path.endsWith("/login")
                ? "{\"AccessToken\": \"t\"}"
                : "{\"activeCount\": 1, \"activeList\": [{\"name\": \"order-api\", \"version\": \"1.4.0\"}],"
                        + " \"faultyCount\": 0, \"faultyList\": []}";
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private ProbeResult ask(Function<RolloutTarget, Optional<Map<String, String>>> labels) {
        RuntimeProbe wanted = new RuntimeProbe("mi");
        wanted.setAddress("http://127.0.0.1:" + runtime.getAddress().getPort() + "/{namespace}/{service}");
        KubernetesServer server = new KubernetesServer();
        server.setProbe(wanted);
        try (LoadedCarsProbe probe = LoadedCarsProbe.of(server, SECRETS, labels).orElseThrow()) {
            return probe.ask(TARGET);
        }
    }

    private ProbeResult ask(Map<String, String> labels) {
        return ask(target -> Optional.of(labels));
    }

    @Test
    void theCarOfTheImageMustBeLoaded() {
        assertThat(ask(Map.of("io.imaas.car", "order-api:1.4.0"))).isInstanceOf(ProbeResult.Well.class);
        assertThat(asked)
                .containsExactly(
                        "/orders-test/order-api/management/login", "/orders-test/order-api/management/applications");
        assertThat(ask(Map.of("io.imaas.car", "order-api:1.5.0")))
                .isInstanceOfSatisfying(ProbeResult.Faulty.class, faulty -> assertThat(faulty.faults())
                        .containsExactly("CAR order-api 1.5.0 is not loaded; active: order-api 1.4.0"));
    }

    @Test
    void anOlderImageIsOnlyAskedForFaultyOnes() {
        assertThat(ask(Map.of())).isInstanceOf(ProbeResult.Well.class);
    }

    @Test
    void whatRunsToItsEndIsNotAsked() {
        assertThat(ask(target -> Optional.empty())).isEqualTo(new ProbeResult.Well(""));
        assertThat(asked).isEmpty();
    }

    @Test
    void aRegistryThatDoesNotAnswerMayAnswerLater() {
        ProbeResult result = ask(target -> {
            throw FailureException.external("no answer", "registry", "", (Duration) null);
        });
        assertThat(result).isInstanceOfSatisfying(ProbeResult.Silent.class, silent -> assertThat(silent.reason())
                .contains("no answer"));
    }

    @Test
    void nobodyIsAskedWhereNothingIsConfigured() {
        assertThat(LoadedCarsProbe.of(new KubernetesServer(), SECRETS, target -> Optional.empty()))
                .isEmpty();
        assertThat(LoadedCarsProbe.of(new FolderServer("x"), SECRETS, target -> Optional.empty()))
                .isEmpty();
    }
}
