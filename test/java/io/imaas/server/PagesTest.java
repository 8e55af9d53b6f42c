package io.imaas.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.sqlite.SqliteEventLog;
import io.imaas.app.hub.CatalogKeeper;
import io.imaas.app.hub.Hub;
import io.imaas.app.platform.CatalogCache;
import io.imaas.app.request.Requests;
import io.imaas.app.view.Views;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.failure.FailureException;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.EventLog;
import io.imaas.port.Presence;
import io.imaas.port.Tracing;
import io.imaas.testing.Await;
import io.imaas.testing.ManualClock;
import io.imaas.testing.TestKey;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagesTest {
    @TempDir
    Path folder;

    private EventLog log;
    private CatalogKeeper keeper;
    private Views views;
    private Server server;
    private Sender sender;

    @BeforeEach
    void start() {
        log = SqliteEventLog.open(folder.resolve("events.db"), () -> Instant.MIN);
        CatalogCache catalog = new CatalogCache(() -> CatalogReader.read(
                        Map.of(
                                "platform.yaml",
                                """
                                platform: acme
                                registries: [registry.example/imaas]
                                policy:
                                  images:
                                    vulnerabilities:
                                      scanners: [{name: nightly, key: "%s"}]
                                      exceptions:
                                        - {id: CVE-2026-1, reason: not <b>used</b>, owner: '@acme/sec', until: 2026-11-30}
                                """
                                        .formatted(TestKey.statements()
                                                .ownKey()
                                                .text()
                                                .strip()
                                                .replace("\n", "\\n")),
                                "tenants/orders.yaml",
                                """
                                tenant: orders
                                displayName: 'Orders <script>alert(1)</script>'
                                owners: ['@acme/leads']
                                contact: a@example.org
                                gitops: 'https://git.example/orders-gitops.git'
                                quota: {cpu: 8, memory: 16Gi, pods: 40}
                                environments: [{name: dev}, {name: prod}]
                                services:
                                  - {name: api, type: gateway, repository: 'https://git.example/api.git'}
                                """))
                .orThrow());
        catalog.refresh();
        keeper = new CatalogKeeper(
                catalog, new RepositoryUrl("https://git.example/platform.git"), Duration.ofHours(1), e -> {});
        ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
        views = new Views(
                log,
                catalog,
                none -> {
                    throw FailureException.external(
                            "the Git server is down", "git.example", "try later", (Throwable) null);
                },
                clock,
                e -> {});
        server = Server.start(
                new ServerSettings(
                        "127.0.0.1", 0, null, new Secret(Sender.SECRET), 1_000, Optional::empty, Optional.empty()),
                new Served(
                        new Hub(log, keeper),
                        views,
                        new Requests(catalog, none -> null, none -> null, log, Presence.alone(), clock),
                        clock,
                        Tracing.NONE,
                        () -> Map.of("Version", "1")));
        sender = new Sender(server.address());
    }

    @AfterEach
    void stop() {
        server.close();
        views.close();
        keeper.close();
        log.close();
    }

    private HttpResponse<String> page(String path) {
        return sender.send(HttpRequest.newBuilder(server.address().resolve(path))
                .header("Accept", "text/html")
                .build());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/inbox",
                "/inbox?kind=approval",
                "/dora?days=7",
                "/events",
                "/health",
                "/tenants/orders",
                "/tenants/orders/services/api"
            })
    void everyPageIsThereBeforeGitAnsweredAndRunsNoStrangersScript(String path) {
        HttpResponse<String> answer = page(path);
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'");
        assertThat(answer.body())
                .contains("<html lang=\"en\">", "<nav aria-label=\"Pages\">", "<main id=\"content\">")
                .doesNotContain("<script>", "onclick");
    }

    @Test
    void anExceptionOfThePlatformThatEndsSoonIsInTheInboxOfEveryDoor() {
        String sentence = "the exception for CVE-2026-1 (not &lt;b&gt;used&lt;/b&gt;) ends on 2026-11-30: renew it";
        assertThat(page("/inbox").body()).contains(sentence, "<span>platform</span>", "@acme/sec");
        assertThat(page("/inbox?kind=action&q=platform").body()).contains(sentence);
        assertThat(page("/inbox?q=orders").body()).doesNotContain("CVE-2026-1");
        assertThat(page("/").body()).contains(sentence);
        assertThat(sender.get("/api/v1/inbox").body()).contains("the exception for CVE-2026-1");
        assertThat(sender.get("/api/v1/tenants/orders/inbox").body()).doesNotContain("CVE-2026-1");
        assertThat(sender.get("/metrics").body()).contains("imaas_inbox_items{kind=\"action\"} 1");
    }

    @Test
    void whatIsNotThereIsToldAsAPageToPeopleAndAsAProblemToPrograms() {
        HttpResponse<String> answer = page("/tenants/nobody");
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.body()).contains("<main", "there is no tenant &#39;nobody&#39;");
        assertThat(page("/tenants/%3Cscript%3E").body()).doesNotContain("<script>");
        HttpResponse<String> program = sender.get("/tenants/nobody");
        assertThat(program.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    @Test
    void aTenantThatCanNotBeReadSaysSoAndTheOthersAreShown() {
        views.start(Duration.ofHours(1));
        Await.until(() -> page("/").body().contains("git.example"));
        assertThat(page("/").body()).contains("unreadable", "the Git server is down");
        assertThat(page("/tenants/orders").body()).contains("It could not be read", "the Git server is down");
        assertThat(page("/health").body()).contains("Tenants read", "0 of 1");
    }

    @Test
    void eventsAreShownNewestFirstAndPageByPage() {
        for (int i = 0; i < 130; i++) {
            sender.gitHub("d" + i, Sender.push("https://git.example/r" + i + ".git", "dev"));
        }
        String first = page("/events").body();
        assertThat(first.indexOf("r129.git")).isPositive().isLessThan(first.indexOf("r128.git"));
        assertThat(first).contains("r30.git").doesNotContain("r29.git");
        Matcher older = Pattern.compile("/events[?]before=[0-9]+").matcher(first);
        assertThat(older.find()).isTrue();
        assertThat(page(older.group()).body()).contains("r29.git", "r0.git").doesNotContain("r30.git");
    }

    /** A stranger's page may give its own name this machine's address, and then ask as if it were ours. */
    @Test
    void whoCallsThisMachineByAnotherNameSeesNothing() throws Exception {
        try (Socket socket =
                new Socket(InetAddress.getLoopbackAddress(), server.address().getPort())) {
            socket.getOutputStream()
                    .write("GET /tenants/orders HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 403")
                    .doesNotContain("Orders");
        }
    }

    @Test
    void whatAProxyHandsOnSeesNoPage() {
        HttpResponse<String> answer =
                sender.send(HttpRequest.newBuilder(server.address().resolve("/tenants/orders"))
                        .header("Accept", "text/html")
                        .header("Forwarded", "for=192.0.2.1")
                        .build());
        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).doesNotContain("Orders");
    }
}
