package io.imaas.adapter.forge.github;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.imaas.adapter.forge.Forges;
import io.imaas.adapter.forge.http.ForgeLogin;
import io.imaas.adapter.sqlite.SqliteEventLog;
import io.imaas.app.hub.CatalogKeeper;
import io.imaas.app.hub.Hub;
import io.imaas.app.platform.CatalogCache;
import io.imaas.app.request.Requests;
import io.imaas.app.view.Views;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.event.CloudEvent;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.EventLog;
import io.imaas.port.Presence;
import io.imaas.port.Tracing;
import io.imaas.server.MissedDeliveries;
import io.imaas.server.Sender;
import io.imaas.server.Served;
import io.imaas.server.Server;
import io.imaas.server.ServerSettings;
import io.imaas.testing.ManualClock;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What GitHub could not deliver, from a stand-in that answers as its documentation says. */
class MissedDeliveriesTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant LAST = Instant.parse("2026-11-20T08:00:00Z");

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
    private volatile boolean full;
    private FakeGitHub github;
    private EventLog log;
    private CatalogKeeper keeper;
    private Forges forges;
    private Server server;
    private MissedDeliveries missed;

    @BeforeEach
    void start() throws IOException {
        github = new FakeGitHub();
        github.webhook = "https://imaas.example/hooks/github?key=12ab";
        RepositoryUrl repository = github.repository();
        Map<String, String> files = Map.of(
                "platform.yaml",
                "platform: acme\nregistries: [registry.example/imaas]\n",
                "tenants/orders.yaml",
                "tenant: orders\nowners: ['@acme/leads']\ncontact: a@example.org\ngitops: " + repository.value()
                        + "\nquota: {cpu: 8, memory: 16Gi, pods: 40}\nenvironments: [{name: dev}]\nservices: []\n");
        CatalogCache catalog = new CatalogCache(() -> CatalogReader.read(files).orThrow());
        catalog.refresh();
        log = SqliteEventLog.open(folder.resolve("events.db"), () -> Instant.MIN);
        log.append(List.of(new CloudEvent("last", "/", "x.y", "", LAST, "", Map.of())))
                .join();
        RepositoryUrl platform = new RepositoryUrl(repository.value().replace("orders", "platform"));
        keeper = new CatalogKeeper(catalog, platform, Duration.ofHours(1), e -> {});
        server = Server.start(
                new ServerSettings(
                        "127.0.0.1",
                        0,
                        URI.create("https://imaas.example"),
                        new Secret(Sender.SECRET),
                        100,
                        Optional::empty,
                        Optional.empty()),
                new Served(
                        new Hub(sometimesFull(log), keeper),
                        new Views(log, catalog, none -> null, clock, e -> {}),
                        new Requests(catalog, none -> null, none -> null, log, Presence.alone(), clock),
                        clock,
                        Tracing.NONE,
                        Map::of));
        ForgeLogin login = new ForgeLogin(name -> Optional.of(new Secret("t0ken")), "git", github.hosts());
        forges = new Forges(clock);
        missed = server.missed(
                platform, url -> url.equals(platform) ? Optional.empty() : forges.setup(url, login, true));
    }

    @AfterEach
    void stop() {
        server.close();
        keeper.close();
        forges.close();
        log.close();
        github.close();
    }

    private EventLog sometimesFull(EventLog real) {
        return (EventLog) Proxy.newProxyInstance(
                EventLog.class.getClassLoader(),
                new Class<?>[] {EventLog.class},
                (proxy, method, values) -> full && method.getName().equals("append")
                        ? CompletableFuture.failedFuture(
                                FailureException.external("full", "disk", "", (Throwable) null))
                        : method.invoke(real, values));
    }

    /** The newest is the first. */
    private void delivery(String guid, Instant at, int status, String event) {
        ObjectNode one = JSON.createObjectNode()
                .put("id", 1_000 + github.deliveries.size())
                .put("guid", guid)
                .put("delivered_at", at.toString())
                .put("redelivery", false)
                .put("duration", 0.27)
                .put("status", status == 200 ? "OK" : "failed to connect to host")
                .put("status_code", status)
                .put("event", event);
        ObjectNode payload = JSON.createObjectNode()
                .put("ref", "refs/heads/dev")
                .put("before", "b".repeat(40))
                .put("after", "a".repeat(40));
        payload.putObject("repository").put("clone_url", github.repository().value());
        one.putObject("request").set("payload", payload);
        github.deliveries.insert(0, one);
    }

    private List<String> kept() {
        return log.after(0, 1_000).stream()
                .map(stored -> stored.event().id())
                .filter(id -> !id.equals("last"))
                .toList();
    }

    @Test
    void whatDidNotArriveSinceTheLastEventIsKeptOnceInItsOrder() {
        delivery("before", LAST.minusSeconds(60), 0, "push");
        delivery("again", LAST.plusSeconds(10), 502, "push");
        for (int i = 0; i < 250; i++) {
            boolean down = i == 20 || i == 120;
            delivery("d" + i, LAST.plusSeconds(20 + i), down ? 503 : 200, "push");
        }
        delivery("again", LAST.plusSeconds(900), 200, "push");
        missed.round();
        assertThat(kept()).containsExactly("github-d20", "github-d120");
        assertThat(log.after(0, 2).get(1).event().tenant()).isEqualTo("orders");
        int asked = github.requests.size();
        missed.round();
        assertThat(github.requests).hasSize(asked);
    }

    @Test
    void aLimitIsWaitedForAndNothingIsLeftOut() {
        delivery("d1", LAST.plusSeconds(1), 0, "push");
        github.next.add(new FakeGitHub.Answer(403, Map.of("Retry-After", "90"), "{\"message\":\"slow down\"}"));
        assertThatThrownBy(missed::round).isInstanceOf(FailureException.class).hasMessageContaining("rate limit");
        assertThatThrownBy(missed::round).hasMessageContaining("rate limit");
        assertThat(github.requests).as("nothing is asked meanwhile").hasSize(1);
        assertThat(kept()).isEmpty();
        clock.pause(Duration.ofSeconds(91));
        missed.round();
        assertThat(kept()).containsExactly("github-d1");
    }

    @Test
    void aRepositoryThatMayNotBeSeenIsToldOnce() {
        github.next.add(new FakeGitHub.Answer(403, Map.of(), "{\"message\":\"Resource not accessible\"}"));
        assertThatThrownBy(missed::round).hasMessageContaining("of 1 repositories was not fetched");
        missed.round();
        assertThat(github.requests).hasSize(1);
    }

    @Test
    void whatWasRefusedWhileTheLogTookNothingIsFetchedAfterwards() {
        missed.round();
        full = true;
        clock.pause(Duration.ofMinutes(1));
        String push = Sender.push(github.repository().value(), "dev");
        assertThat(new Sender(server.address()).gitHub("d1", push).statusCode()).isEqualTo(503);
        delivery("d1", clock.now(), 503, "push");
        missed.round();
        assertThat(kept()).isEmpty();
        full = false;
        missed.round();
        assertThat(kept()).containsExactly("log-interrupted-github-d1", "github-d1");
    }
}
