package io.imaas.server;

import io.imaas.adapter.sqlite.SqliteEventLog;
import io.imaas.app.Imaas;
import io.imaas.app.access.Accounts;
import io.imaas.app.hub.CatalogKeeper;
import io.imaas.app.hub.Hub;
import io.imaas.app.platform.CatalogCache;
import io.imaas.app.request.Requests;
import io.imaas.app.view.Views;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.model.tenancy.Catalog;
import io.imaas.port.EventLog;
import io.imaas.port.IdentityProvider;
import io.imaas.port.Presence;
import io.imaas.port.Tracing;
import io.imaas.testing.ManualClock;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;

/** A server with the tenants orders and billing, and an event of each and of nobody. */
final class TwoTenants implements AutoCloseable {
    final ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
    final CatalogCache catalog;
    final Server server;
    final Sender sender;
    private volatile String access = "";
    final EventLog log;
    private final CatalogKeeper keeper;
    final Views views;

    TwoTenants(Path folder, URI url, Supplier<Optional<Accounts>> accounts, Optional<IdentityProvider> provider) {
        log = SqliteEventLog.open(folder.resolve("events.db"), () -> Instant.MIN);
        catalog = new CatalogCache(() -> CatalogReader.read(Map.of(
                        "platform.yaml",
                        "platform: acme\nregistries: [registry.example/imaas]\n" + access,
                        "tenants/orders.yaml",
                        tenant("orders"),
                        "tenants/billing.yaml",
                        tenant("billing")))
                .orThrow());
        catalog.refresh();
        keeper = new CatalogKeeper(
                catalog, new RepositoryUrl("https://git.example/platform.git"), Duration.ofHours(1), e -> {});
        views = new Views(log, catalog, this::noGit, clock, e -> {});
        server = Server.start(
                new ServerSettings("127.0.0.1", 0, url, new Secret(Sender.SECRET), 1_000, accounts, provider),
                new Served(
                        new Hub(log, keeper),
                        views,
                        new Requests(catalog, this::noGit, this::noGit, log, Presence.alone(), clock),
                        clock,
                        Tracing.NONE,
                        () -> Map.of("Version", "secret of the house")));
        sender = new Sender(server.address());
        for (String tenant : List.of("orders", "billing", "nobody")) {
            sender.gitHub(tenant, Sender.push("https://git.example/" + tenant + "-gitops.git", "dev"));
        }
    }

    /** Counted down: whatever asks Git is refused at once. */
    volatile CountDownLatch gitAnswers = new CountDownLatch(0);

    private Imaas noGit(Catalog now) {
        try {
            gitAnswers.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw FailureException.external("the Git server is down", "git.example", "try later", Duration.ofSeconds(1));
    }

    private static String tenant(String name) {
        return "tenant: " + name + "\ndisplayName: '" + name + " <script>alert(1)</script>'\nowners: ['@acme/" + name
                + "-leads']\ncontact: a@example.org\n"
                + "gitops: https://git.example/" + name + "-gitops.git\nquota: {cpu: 8, memory: 16Gi, pods: 40}\n"
                + "environments: [{name: dev}, {name: prod, approvers: ['@acme/" + name
                + "-approvers']}]\nservices:\n  - {name: " + name
                + "-api, type: gateway, repository: 'https://git.example/" + name + "-api.git'}\n";
    }

    /** What the platform's file says of access from now on. */
    void access(String yaml) {
        access = yaml;
        catalog.refresh();
    }

    HttpRequest.Builder to(String path) {
        return HttpRequest.newBuilder(server.address().resolve(path));
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        return sender.send(request.build());
    }

    @Override
    public void close() {
        server.close();
        views.close();
        keeper.close();
        log.close();
    }
}
