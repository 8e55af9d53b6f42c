package io.imaas.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.sqlite.SqliteEventLog;
import io.imaas.app.hub.CatalogKeeper;
import io.imaas.app.hub.Hub;
import io.imaas.app.platform.CatalogCache;
import io.imaas.app.request.Requests;
import io.imaas.app.view.Views;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.event.CloudEvent.StoredEvent;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.EventLog;
import io.imaas.port.Presence;
import io.imaas.testing.ManualClock;
import io.imaas.testing.RecordedTracing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A server that takes hooks, with one tenant. */
abstract class HooksWorld {
    static final String GITOPS = "https://git.example/orders-gitops.git";
    static final String PLATFORM = "https://git.example/platform.git";

    @TempDir
    Path folder;

    final Map<String, String> metadata = new ConcurrentHashMap<>(Map.of(
            "platform.yaml",
            "platform: acme\nregistries: [registry.example/imaas]\n",
            "tenants/orders.yaml",
            tenant("orders", GITOPS)));
    final Queue<FailureException> untold = new ConcurrentLinkedQueue<>();
    final ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
    CatalogCache catalog;
    EventLog log;
    CatalogKeeper keeper;
    /** Events from before are forgotten. */
    volatile Instant oldest = Instant.MIN;

    Server server;
    Sender sender;

    static String tenant(String name, String gitops) {
        return "tenant: " + name + "\nowners: ['@acme/leads']\ncontact: a@example.org\ngitops: " + gitops
                + "\nquota: {cpu: 8, memory: 16Gi, pods: 40}\nenvironments: [{name: dev}, {name: prod}]"
                + "\nservices:\n  - {name: api, type: gateway, repository: 'https://git.example/" + name
                + "-api.git'}\n";
    }

    @BeforeEach
    void start() {
        log = SqliteEventLog.open(folder.resolve("events.db"), () -> oldest);
        catalog = new CatalogCache(() -> CatalogReader.read(metadata).orThrow());
        catalog.refresh();
        keeper = new CatalogKeeper(catalog, new RepositoryUrl(PLATFORM), Duration.ofHours(1), untold::add);
        server = serve(log, 1_000, telemetry);
        sender = new Sender(server.address());
    }

    final Telemetry telemetry = new Telemetry();
    final RecordedTracing tracing = new RecordedTracing();

    Server serve(EventLog events, int rate) {
        return serve(events, rate, new Telemetry());
    }

    Server serve(EventLog events, int rate, Telemetry telemetry) {
        return Server.start(
                new ServerSettings(
                        "127.0.0.1", 0, null, new Secret(Sender.SECRET), rate, Optional::empty, Optional.empty()),
                new Served(
                        new Hub(events, keeper),
                        new Views(events, catalog, none -> null, clock, untold::add),
                        new Requests(catalog, none -> null, none -> null, events, Presence.alone(), clock),
                        clock,
                        tracing,
                        Map::of,
                        telemetry,
                        Throwable::printStackTrace));
    }

    @AfterEach
    void stop() {
        server.close();
        keeper.close();
        log.close();
    }

    StoredEvent only() {
        List<StoredEvent> all = log.after(0, 10);
        assertThat(all).hasSize(1);
        return all.get(0);
    }
}
