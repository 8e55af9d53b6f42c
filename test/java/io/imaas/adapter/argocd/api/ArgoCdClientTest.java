package io.imaas.adapter.argocd.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import io.imaas.port.Clock;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArgoCdClientTest {
    /** Pauses are noted, not made. */
    private static final class NotedPauses implements Clock {
        private final List<Duration> pauses = new ArrayList<>();

        @Override
        public Instant now() {
            return Instant.EPOCH;
        }

        @Override
        public void pause(Duration duration) {
            pauses.add(duration);
        }
    }

    private final NotedPauses clock = new NotedPauses();
    private final Deque<Integer> statuses = new ArrayDeque<>();
    private final List<String> seen = new ArrayList<>();
    private String retryAfter = "7";
    private HttpServer server;

    private ServerSettings serve(HttpServer made, String scheme, String authorities) {
        server = made;
        server.createContext("/", exchange -> {
            try (exchange) {
                seen.add(exchange.getRequestHeaders().getFirst("Authorization"));
                int status = statuses.isEmpty() ? 200 : statuses.removeFirst();
                if (status == 429) {
                    exchange.getResponseHeaders().set("Retry-After", retryAfter);
                }
                exchange.getResponseHeaders().set("Location", "https://elsewhere.example.org/");
                byte[] body = "{\"message\":\"as asked\"}".getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(status, body.length);
                exchange.getResponseBody().write(body);
            }
        });
        server.start();
        URI url = URI.create(scheme + "://127.0.0.1:" + server.getAddress().getPort() + "/argo");
        return new ServerSettings(url, new Secret("common"), authorities);
    }

    private static InetSocketAddress loopback() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    @AfterEach
    void end() {
        server.stop(0);
    }

    @Test
    void withoutATokenNothingIsAsked() throws IOException {
        URI url = serve(HttpServer.create(loopback(), 0), "http", "").url();
        try (ArgoCdClient client = new ArgoCdClient(new ServerSettings(url, null, ""), clock)) {
            assertThatThrownBy(client::api).isInstanceOf(FailureException.class).hasMessageContaining("no token");
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void noThreadWaitsForHoursBecauseAServerSaysSo() throws IOException {
        retryAfter = "999999";
        try (ArgoCdClient client = new ArgoCdClient(serve(HttpServer.create(loopback(), 0), "http", ""), clock)) {
            statuses.add(429);
            assertThatThrownBy(() -> client.retry("a", () -> client.api().project("p")))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> assertThat(e.failure().askedToWait()).contains(Duration.ofHours(1)));
            assertThat(clock.pauses).isEmpty();
        }
    }

    @Test
    void readsAreTriedAgainAsTheServerWishesAndRefusalsAreNot() throws IOException {
        try (ArgoCdClient client = new ArgoCdClient(serve(HttpServer.create(loopback(), 0), "http", ""), clock)) {
            statuses.addAll(List.of(503, 429));
            client.retry("a", () -> client.api().project("p"));
            assertThat(clock.pauses).hasSize(2).last().isEqualTo(Duration.ofSeconds(7));
            statuses.add(403);
            assertThatThrownBy(() ->
                            client.retry("AppProject p", () -> client.api().project("p")))
                    .isInstanceOfSatisfying(FailureException.class, e -> {
                        assertThat(e.failure().kind()).isEqualTo(FailureKind.POLICY);
                        assertThat(e.failure().what()).isEqualTo("Argo CD answered 403: as asked");
                        assertThat(e.failure().where().toString()).isEqualTo("AppProject p");
                        assertThat(e.failure().suggestion()).contains("right");
                    });
            statuses.add(404);
            assertThat(client.find("c", () -> client.api().project("p"))).isEmpty();
            assertThat(seen).hasSize(5);
        }
    }

    @Test
    void aTokenIsNeverSentOnwards() throws IOException {
        try (ArgoCdClient client = new ArgoCdClient(serve(HttpServer.create(loopback(), 0), "http", ""), clock)) {
            statuses.add(307);
            assertThatThrownBy(() -> client.retry("a", () -> client.api().project("p")))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> assertThat(e.failure().suggestion()).contains("redirects"));
        }
    }

    @Test
    void aCompanysOwnAuthorityIsTrustedOnlyWhenGiven() throws IOException, GeneralSecurityException {
        String pem;
        try (InputStream in = getClass().getResourceAsStream("/argocd/loopback.pem")) {
            pem = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        }
        ServerSettings trusting = serve(secure(), "https", pem);
        try (ArgoCdClient client = new ArgoCdClient(trusting, clock)) {
            client.retry("a", () -> client.api().project("p"));
        }
        try (ArgoCdClient client = new ArgoCdClient(new ServerSettings(trusting.url(), new Secret("t"), ""), clock)) {
            assertThatThrownBy(() -> client.retry("a", () -> client.api().project("p")))
                    .isInstanceOfSatisfying(
                            FailureException.class,
                            e -> assertThat(e.failure().kind()).isEqualTo(FailureKind.EXTERNAL));
        }
        assertThat(seen).hasSize(1);
        assertThatThrownBy(() ->
                        new ArgoCdClient(new ServerSettings(trusting.url(), new Secret("t"), "no certificate"), clock))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("BEGIN CERTIFICATE");
    }

    private HttpsServer secure() throws IOException, GeneralSecurityException {
        KeyStore keys = KeyStore.getInstance("PKCS12");
        char[] password = "loopback".toCharArray();
        try (InputStream in = getClass().getResourceAsStream("/argocd/loopback.p12")) {
            keys.load(in, password);
        }
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, password);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer made = HttpsServer.create(loopback(), 0);
        made.setHttpsConfigurator(new HttpsConfigurator(context));
        return made;
    }
}
