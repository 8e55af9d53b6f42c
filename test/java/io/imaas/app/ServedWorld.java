package io.imaas.app;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.imaas.adapter.sqlite.SqliteEventLog;
import io.imaas.app.access.Accounts;
import io.imaas.app.hub.CatalogKeeper;
import io.imaas.app.hub.Hub;
import io.imaas.app.platform.CatalogCache;
import io.imaas.app.request.Requests;
import io.imaas.app.view.Views;
import io.imaas.model.identity.Secret;
import io.imaas.model.rollout.Release;
import io.imaas.model.tenancy.EnvironmentName;
import io.imaas.port.EventLog;
import io.imaas.port.Presence;
import io.imaas.port.Tracing;
import io.imaas.server.Served;
import io.imaas.server.Server;
import io.imaas.server.ServerSettings;
import io.imaas.step.chart.Charts;
import io.imaas.testing.Await;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server over a real repository, with three tokens. */
abstract class ServedWorld {
    /** SHA-256 of {@code a}, {@code b} and {@code c}. */
    static final Accounts ACCOUNTS = Accounts.read(
            "tokens:\n  - {name: '@rita', tenants: [orders], roles: ['@acme/release-managers'],"
                    + " may: [promote, approve, rollback, resume, release, review, onboard, preview],"
                    + " sha256: ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb}\n"
                    + "  - {name: '@vic', tenants: [orders],"
                    + " sha256: 3e23e8160039594a33894f6564e1b1348bbd7a0088d42c4acb73eeaed59c009d}\n"
                    + "  - {name: '@zoe', tenants: [billing],"
                    + " sha256: 2e7d2c03a9507ae265ecf5b5356885a53393a2029d241394997265a1a25aefc6}\n",
            "tokens.yaml");

    static final String PROMOTIONS = "/api/v1/tenants/orders/promotions";
    static final String TO_TEST = "{\"services\":\"order-api\",\"from\":\"dev\",\"to\":\"test\"}";

    @TempDir
    Path folder;

    final HttpClient client = HttpClient.newHttpClient();
    final ObjectMapper json = new ObjectMapper();
    World world;
    CatalogCache catalog;
    EventLog log;
    CatalogKeeper keeper;
    Views views;
    Requests requests;
    Server server;
    Release one;

    @BeforeEach
    void start() throws Exception {
        world = new World(folder, Map.of("order-api", "repository: 'file://" + folder.resolve("sources.git") + "'"));
        one = world.release("1.0.0", null);
        world.released("dev", one);
        prepare();
        catalog = new CatalogCache(this::read);
        catalog.refresh();
        log = SqliteEventLog.open(folder.resolve("events.db"), () -> Instant.MIN);
        keeper = new CatalogKeeper(catalog, world.url("platform"), Duration.ofHours(1), e -> {});
        serve();
        Await.until(() -> views.all().get(0).isRead());
    }

    /** Before the server looks. */
    void prepare() {}

    io.imaas.model.tenancy.Catalog read() {
        return world.catalog();
    }

    ServerSettings settings() {
        return new ServerSettings(
                "127.0.0.1", 0, null, new Secret("hooks"), 100, () -> Optional.of(ACCOUNTS), Optional.empty());
    }

    void serve() {
        views = new Views(log, catalog, this::imaas, world.clock(), e -> {}).start(Duration.ofHours(1));
        requests = new Requests(catalog, this::imaas, this::imaas, log, Presence.alone(), world.clock());
        server = Server.start(
                settings(), new Served(new Hub(log, keeper), views, requests, world.clock(), Tracing.NONE, Map::of));
    }

    /** Counted down: whatever reads Git goes on. */
    volatile CountDownLatch gitAnswers = new CountDownLatch(0);

    Imaas imaas(io.imaas.model.tenancy.Catalog now) {
        try {
            gitAnswers.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Imaas.on(world.gitOnly().with(Charts.class, world.charts()).build(), now);
    }

    void stopServing() {
        server.close();
        requests.close();
        views.close();
    }

    @AfterEach
    void stop() {
        stopServing();
        keeper.close();
        log.close();
        world.close();
    }

    HttpRequest request(String method, String path, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(server.address() + path))
                .header("Authorization", "Bearer a")
                .method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body));
        if (!body.isEmpty()) {
            request.header("Content-Type", "application/json");
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.setHeader(headers[i], headers[i + 1]);
        }
        return request.build();
    }

    HttpResponse<String> send(String method, String path, String body, String... headers) throws Exception {
        return client.send(request(method, path, body, headers), HttpResponse.BodyHandlers.ofString());
    }

    JsonNode body(String method, String path) throws Exception {
        return json.readTree(send(method, path, "").body());
    }

    void healthy() {
        world.healthy("dev", one, world.head(new EnvironmentName("dev")));
    }
}
