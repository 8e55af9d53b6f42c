package io.imaas.app.hub;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.imaas.adapter.jobs.JenkinsNotices;
import io.imaas.adapter.sqlite.SqliteEventLog;
import io.imaas.app.platform.CatalogCache;
import io.imaas.catalog.CatalogReader;
import io.imaas.model.event.CloudEvent;
import io.imaas.model.failure.FailureException;
import io.imaas.model.failure.FailureKind;
import io.imaas.model.identity.Secret;
import io.imaas.model.source.RepositoryUrl;
import io.imaas.port.EventLog;
import io.imaas.testing.Await;
import io.imaas.testing.ManualClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jenkins hears of pushes; the Git plugin's address is played by a small server. */
class PushNoticesTest {
    private static final String PLATFORM = "https://git.example/platform.git";
    private static final String GITOPS = "https://git.example/orders-gitops.git";
    private static final String API = "https://git.example/orders-api.git";

    @TempDir
    Path folder;

    private final Queue<String> heard = new ConcurrentLinkedQueue<>();
    private final Queue<FailureException> untold = new ConcurrentLinkedQueue<>();
    private final ManualClock clock = new ManualClock("2026-11-20T10:00:00Z");
    private volatile int answer = 200;
    private HttpServer jenkins;
    private EventLog log;
    private PushNotices notices;

    @BeforeEach
    void start() throws IOException {
        jenkins = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        jenkins.createContext("/ci/git/notifyCommit", exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            heard.add(exchange.getRequestMethod() + " "
                    + exchange.getRequestURI().getQuery() + " " + URLDecoder.decode(form, StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(answer, -1);
            exchange.close();
        });
        jenkins.start();
        log = SqliteEventLog.open(folder.resolve("events.db"), () -> Instant.MIN);
        happens("branch.pushed", "orders", API);
    }

    @AfterEach
    void stop() {
        if (notices != null) {
            notices.close();
        }
        log.close();
        jenkins.stop(0);
    }

    private JenkinsNotices server() {
        return new JenkinsNotices(
                URI.create("http://127.0.0.1:" + jenkins.getAddress().getPort() + "/ci"), new Secret("t0ken"));
    }

    private void listen() {
        CatalogCache catalog = new CatalogCache(() -> CatalogReader.read(Map.of(
                        "platform.yaml",
                        "platform: acme\nregistries: [registry.example/imaas]\n",
                        "tenants/orders.yaml",
                        "tenant: orders\nowners: ['@acme/leads']\ncontact: a@example.org\ngitops: " + GITOPS
                                + "\nquota: {cpu: 8, memory: 16Gi, pods: 40}\nenvironments: [{name: dev}]\n"
                                + "services:\n  - {name: api, type: gateway, repository: '" + API + "'}\n"))
                .orThrow());
        catalog.refresh();
        notices = new PushNotices(
                        log, catalog, new RepositoryUrl(PLATFORM), server(), clock, Duration.ofSeconds(15), untold::add)
                .start();
    }

    private void happens(String type, String tenant, String subject) {
        String id = "e" + log.last();
        log.append(List.of(new CloudEvent(id, "/hooks/x", type, subject, clock.now(), tenant, Map.of())))
                .join();
    }

    private static String notice(String url) {
        return "POST null url=" + url + "&token=t0ken";
    }

    @Test
    void everyPushToARepositoryOfThePlatformIsToldAsItsFilesWriteIt() {
        listen();
        happens("branch.pushed", "orders", "ssh://git@git.example/orders-api");
        happens("tag.pushed", "orders", GITOPS);
        happens("branch.pushed", "", "https://git.example/elsewhere.git");
        happens("rollout.failed", "orders", API);
        happens("branch.pushed", "", PLATFORM);
        Await.until(() -> heard.contains(notice(PLATFORM)));
        assertThat(heard).containsExactly(notice(API), notice(GITOPS), notice(PLATFORM));
        assertThat(untold).isEmpty();
    }

    @Test
    void whatJenkinsMissedIsToldOnceItIsBackEachRepositoryOnce() {
        answer = 503;
        listen();
        happens("branch.pushed", "orders", API);
        Await.until(() -> !untold.isEmpty());
        assertThat(untold.peek().failure().kind()).isEqualTo(FailureKind.EXTERNAL);
        for (int i = 0; i < 5; i++) {
            happens("branch.pushed", "orders", API);
        }
        heard.clear();
        answer = 200;
        clock.pause(Duration.ofSeconds(15));
        happens("branch.pushed", "", PLATFORM);
        Await.until(() -> heard.contains(notice(PLATFORM)));
        assertThat(heard).containsExactly(notice(API), notice(PLATFORM));
    }

    @Test
    void whereEventsMayBeMissingEveryRepositoryIsTold() {
        log.advance("ci-server", 7);
        Await.until(() -> log.position("ci-server") == 7);
        listen();
        Await.until(() -> heard.size() == 3);
        assertThat(heard).containsExactly(notice(PLATFORM), notice(GITOPS), notice(API));
    }

    @Test
    void anotherStartGoesOnWhereTheLastOneStopped() {
        listen();
        happens("branch.pushed", "orders", GITOPS);
        Await.until(() -> log.position("ci-server") == log.last());
        notices.close();
        happens("branch.pushed", "orders", API);
        heard.clear();
        listen();
        Await.until(() -> !heard.isEmpty());
        assertThat(heard).containsExactly(notice(API));
    }

    @Test
    void aWrongTokenIsSaidWithItsPlaceAndNeverShown() {
        answer = 403;
        listen();
        happens("branch.pushed", "orders", API);
        Await.until(() -> !untold.isEmpty());
        assertThat(untold.peek().failure().kind()).isEqualTo(FailureKind.INPUT);
        assertThat(untold.peek().failure().sentence())
                .contains("127.0.0.1/ci/git/notifyCommit", "IMAAS_JENKINS_TOKEN")
                .doesNotContain("t0ken");
    }
}
