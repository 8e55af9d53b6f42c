package io.imaas.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.imaas.adapter.sqlite.SqliteEventLog;
import io.imaas.app.access.Accounts;
import io.imaas.app.hub.CatalogKeeper;
import io.imaas.app.hub.Hub;
import io.imaas.app.platform.CatalogCache;
import io.imaas.app.request.Requests;
import io.imaas.app.view.Views;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.identity.Secret;
import io.imaas.model.tenancy.Catalog;
import io.imaas.port.EventLog;
import io.imaas.port.EventLogContract;
import io.imaas.port.Presence;
import io.imaas.port.Tracing;
import io.imaas.server.Served;
import io.imaas.server.Server;
import io.imaas.server.ServerSettings;
import io.imaas.step.chart.Charts;
import io.imaas.testing.Await;
import io.imaas.testing.Browser;
import io.imaas.testing.NeedsBrowser;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pages of 300 services as people see them, hear them and go through them, in Chromium. */
@ExtendWith(NeedsBrowser.class)
class ServedInBrowserTest {
    private static final int SERVICES = 300;
    /** SHA-256 of {@code a}. */
    private static final Accounts ACCOUNTS = Accounts.read(
            "tokens:\n  - {name: '@rita', tenants: ['*'], roles: ['@acme/managers'],"
                    + " may: [promote, approve, rollback, resume, release, review, onboard, preview],"
                    + " sha256: ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb}\n",
            "tokens.yaml");

    private static final List<String> PAGES = List.of(
            "/",
            "/inbox",
            "/dora",
            "/events",
            "/health",
            "/tenants/orders",
            "/tenants/orders/services/service-0",
            "/tenants/orders/services/" + ManyServices.name(3),
            "/tenants/orders?page=5",
            "/tenants/orders/audit",
            "/tenants/orders/previews",
            "/tenants/orders/drift",
            "/tenants/orders/plan?intent=promote&services=service-1&from=dev&to=test",
            "/tenants/orders/services/service-1/evidence?environment=dev",
            "/nowhere");

    @TempDir
    static Path folder;

    private static World world;
    private static EventLog log;
    private static CatalogKeeper keeper;
    private static Views views;
    private static Requests requests;
    private static Server server;
    private static Browser browser;
    private static String complaints;

    @BeforeAll
    static void start() throws IOException, InterruptedException {
        ManyServices services = new ManyServices(SERVICES);
        world = new World(folder, services.named(folder));
        services.releaseIn(world, folder.resolve("gitops.git"));
        CatalogCache catalog = new CatalogCache(ServedInBrowserTest::catalog);
        catalog.refresh();
        log = SqliteEventLog.open(folder.resolve("events.db"), () -> Instant.MIN);
        for (int i = 0; i < 30; i++) {
            log.append(List.of(EventLogContract.event("e" + i))).join();
        }
        keeper = new CatalogKeeper(catalog, world.url("platform"), Duration.ofHours(1), e -> {});
        views = new Views(log, catalog, ServedInBrowserTest::imaas, world.clock(), e -> {}).start(Duration.ofHours(1));
        requests = new Requests(
                catalog, ServedInBrowserTest::imaas, ServedInBrowserTest::imaas, log, Presence.alone(), world.clock());
        server = Server.start(
                new ServerSettings(
                        "127.0.0.1", 0, null, new Secret("hooks"), 100, () -> Optional.of(ACCOUNTS), Optional.empty()),
                new Served(
                        new Hub(log, keeper),
                        views,
                        requests,
                        world.clock(),
                        Tracing.NONE,
                        () -> Map.of("Version", "1.0.0")));
        browser = Browser.start(folder.resolve("profile"));
        try (InputStream in = ServedInBrowserTest.class.getResourceAsStream("/browser/complaints.js")) {
            complaints = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
        Await.until(() -> views.all().stream().noneMatch(view -> !view.isRead() && view.failure() == null));
        logIn();
    }

    private static Catalog catalog() {
        Map<String, String> files = world.metadata();
        files.replaceAll((path, text) -> text.replace("{name: prod}", "{name: prod, approvers: ['@acme/managers']}")
                .replace("{cpu: 8, memory: 16Gi, pods: 40}", "{cpu: 8000, memory: 16Ti, pods: 4000}"));
        files.put(
                "tenants/unreachable.yaml",
                Metadata.files(
                                "registry.example/imaas",
                                "unreachable",
                                world.url("missing").value(),
                                Map.of("api", "repository: https://git.example/api.git"))
                        .get("tenants/unreachable.yaml"));
        return CatalogReader.read(files).orThrow();
    }

    private static Imaas imaas(Catalog now) {
        return Imaas.on(world.gitOnly().with(Charts.class, world.charts()).build(), now);
    }

    /** By the keyboard alone: the field has a name, and Enter sends it. */
    private static void logIn() {
        browser.open(server.address().resolve("/login?next=/"));
        browser.value("document.querySelector('input[name=token]').focus()");
        browser.press("a", 65);
        browser.press("Enter", 13);
        browser.awaitPage();
        assertThat(browser.value("location.pathname").asText()).isEqualTo("/");
    }

    @AfterAll
    static void stop() {
        for (AutoCloseable each : Stream.<AutoCloseable>of(browser, server, requests, views, keeper, log, world)
                .filter(one -> one != null)
                .toList()) {
            try {
                each.close();
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"400, false, true", "400, true, false", "1600, false, false", "1600, true, true"})
    void everyPageIsReadable(int width, boolean dark, boolean scripts) throws IOException {
        browser.window(width, 900);
        browser.dark(dark);
        browser.scripts(scripts);
        List<String> said = new ArrayList<>();
        for (String page : PAGES) {
            browser.open(server.address().resolve(page));
            browser.value(complaints).forEach(each -> said.add(page + " " + each.asText()));
            String pictures = System.getenv("IMAAS_PICTURES");
            if (pictures != null) {
                Files.write(
                        Path.of(pictures)
                                .resolve(page.replaceAll("[/?&=]", "_") + "-" + width + (dark ? "-dark" : "") + ".png"),
                        browser.picture(width, 2_200));
            }
        }
        assertThat(said).isEmpty();
    }

    /** With JavaScript, and by what a browser does without it. */
    @ParameterizedTest
    @CsvSource({"true, ''", "false, &refuse=no"})
    void aPlanComesByItselfAndIsCarriedOut(boolean scripts, String refusal) {
        browser.scripts(scripts);
        browser.open(server.address()
                .resolve("/tenants/orders/plan?intent=approve&services=service-2&from=test&to=prod&as=@acme/managers"
                        + refusal));
        shown("Do it");
        browser.value("document.querySelector('main form button.primary').click()");
        shown("done");
        assertThat(browser.value("location.pathname").asText()).startsWith("/tenants/orders/requests/");
    }

    private static void shown(String text) {
        Await.until(() -> content().contains(text), () -> text + " is not in " + content());
    }

    private static String content() {
        return browser.value("document.querySelector('main')?.textContent ?? ''")
                .asText();
    }

    /** From the page's beginning on, with a mark that shows where one is. */
    @Test
    void everythingIsReachedByTheKeyboardAndHasAName() {
        browser.window(1600, 900);
        browser.scripts(true);
        browser.open(server.address().resolve("/tenants/orders"));
        List<String> reached = new ArrayList<>();
        for (int i = 0; i < 14; i++) {
            browser.press("Tab", 9);
            reached.add(browser.value("(e => (e.getAttribute('aria-label') || e.textContent)"
                            + " + (getComputedStyle(e).outlineStyle === 'none' ? ' without a mark' : ''))"
                            + "(document.activeElement)")
                    .asText());
        }
        assertThat(reached)
                .startsWith("Skip to the content", "Overview", "Inbox", "Delivery", "Events", "Health", "Log out")
                .contains("orders", "service-1", "Roll back service-1 in dev", "Approve service-2 for prod")
                .noneMatch(each -> each.contains("without a mark"));
        assertThat(browser.accessible())
                .contains(
                        "heading: orders",
                        "heading: What waits",
                        "navigation: Pages",
                        "searchbox: Service, version or state")
                .doesNotContain("link: ", "button: ", "img: ", "textbox: ", "searchbox: ");
    }
}
